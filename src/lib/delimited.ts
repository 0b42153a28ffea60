/**
 * Small tables as text. In: rows of cells. Out: CSV by RFC 4180 with CRLF, or tabs for a clipboard. Texts that a
 * spreadsheet would run get a leading '.
 */
export type Cell = string | number;

const RUN_BY_SPREADSHEETS = /^[=+\-@\t\r]/;

export function guarded(text: string): string {
  return RUN_BY_SPREADSHEETS.test(text) ? `'${text}` : text;
}

export function csvOf(rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell) => {
    if (typeof value === 'number') return String(value);
    const text = guarded(value);
    return /[",\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Tabs and line ends inside of texts become spaces: a clipboard knows no quotes. */
export function tsvOf(rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell) =>
    typeof value === 'number' ? String(value) : guarded(value.replace(/[\t\r\n]+/g, ' '));
  return rows.map((row) => `${row.map(cell).join('\t')}\n`).join('');
}
