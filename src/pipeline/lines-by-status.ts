/** Lines that do not count for their status. In: lines by status, in any order. Out: as the account of lines shows them. */

export function sortedByCount(lines: Map<number, number>): [status: number, lines: number][] {
  return [...lines].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

export const linesOfAll = (lines: Map<number, number>) =>
  [...lines.values()].reduce((sum, count) => sum + count, 0);
