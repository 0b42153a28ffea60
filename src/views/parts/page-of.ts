/** Pages of a list. In: the page that was chosen, from 0, and how long the list is now. Out: a page that is there. */
export function pageOf(chosen: number, pageSize: number, rows: number): number {
  return Math.min(chosen, Math.max(0, Math.ceil(rows / pageSize) - 1));
}
