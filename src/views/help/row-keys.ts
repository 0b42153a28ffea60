/**
 * Rows that answer keys. In: a list or table whose rows have an element `data-row` that takes the focus, and what leaves
 * a row out. Out: the arrow keys walk from row to row, the key x leaves out the row with the focus.
 */
const LEAVE_OUT = 'pullscope-leave-out';

/** Attached to what holds the rows. */
export function walkRows(holder: HTMLElement): () => void {
  function walk(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const stop = event.target as HTMLElement;
    if (step === 0 || !stop.matches('[data-row]') || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    neighbour(stops(holder), stop, step)?.focus();
  }
  holder.addEventListener('keydown', walk);
  return () => holder.removeEventListener('keydown', walk);
}

/** Attached to a row. leaveOut: it will be gone. */
export function leavesOut(leaveOut: () => void) {
  return (row: HTMLElement): (() => void) => {
    function leave(): void {
      // The next row takes the focus, before this one goes with it.
      const list = row.parentElement?.closest<HTMLElement>('ul, table');
      const own = stops(row)[0];
      if (list && own) (neighbour(stops(list), own, 1) ?? neighbour(stops(list), own, -1))?.focus();
      leaveOut();
    }
    row.dataset['leavesOut'] = '';
    row.addEventListener(LEAVE_OUT, leave);
    return () => row.removeEventListener(LEAVE_OUT, leave);
  };
}

/** False when the element with the focus is in no row that can be left out. */
export function leaveOutRow(focused: Element | null): boolean {
  const row = focused?.closest('[data-leaves-out]');
  return row ? (row.dispatchEvent(new Event(LEAVE_OUT)), true) : false;
}

const stops = (holder: HTMLElement) => [...holder.querySelectorAll<HTMLElement>('[data-row]')];

function neighbour(all: HTMLElement[], stop: HTMLElement, step: number): HTMLElement | undefined {
  return all[all.indexOf(stop) + step];
}
