/** A file into the browser's downloads. In: a name and its content. */

/** How long the browser gets to begin with a download before its address is given back. */
const KEEP_ADDRESS = 60_000;

export function handOver(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_ADDRESS);
}

/** A table of the page. */
export function handOverCsv(name: string, csv: string): void {
  handOver(`${name}.csv`, new Blob([csv], { type: 'text/csv;charset=utf-8' }));
}
