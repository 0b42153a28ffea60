/**
 * Arrow keys walk through the numbers of a table, so that the Tab key has one stop a row instead of one a number. In: the
 * table. Out: focus that moves.
 */
const STEPS = new Map<string, [rows: number, cells: number]>([
  ['ArrowLeft', [0, -1]],
  ['ArrowRight', [0, 1]],
  ['ArrowUp', [-1, 0]],
  ['ArrowDown', [1, 0]],
]);

export function walkCells(table: HTMLElement): () => void {
  function walk(event: KeyboardEvent): void {
    const step = STEPS.get(event.key);
    const cell = event.target as HTMLElement;
    if (!step || !cell.matches('[data-why]')) return;
    const rows = [...table.querySelectorAll('tr')]
      .map((row) => [...row.querySelectorAll<HTMLElement>('[data-why]')])
      .filter((cells) => cells.length > 0);
    const row = rows.findIndex((cells) => cells.includes(cell));
    const next = rows[row + step[0]]?.[rows[row]!.indexOf(cell) + step[1]];
    event.preventDefault();
    next?.focus();
  }
  table.addEventListener('keydown', walk);
  return () => table.removeEventListener('keydown', walk);
}
