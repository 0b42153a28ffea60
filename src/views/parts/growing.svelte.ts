/**
 * How much of a long list is drawn: a slice, and another whenever the browser has laid out the last, to its end. In: the
 * length of the list. Call it while a component is made.
 */
import { afterLayout } from './after-layout.ts';

const SLICE = 16;

export class Growing {
  private at = $state(SLICE);

  constructor(length: () => number) {
    $effect(() => {
      if (this.at < length()) return afterLayout(() => (this.at += SLICE));
    });
  }

  first<T>(list: readonly T[]): readonly T[] {
    return list.length > this.at ? list.slice(0, this.at) : list;
  }
}
