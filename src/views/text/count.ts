/** Counted nouns. */
import { format } from '../format.ts';

/** "1 file", "14 files". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${format.integer(number)} ${number === 1 ? one : many}`;
}
