/** Search by halves, for questions; loops over every row have their own. */

/** First of `length` places that is reached, where all behind a reached one are reached too; `length` if none is. */
export function firstPlace(length: number, isReached: (place: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
