/**
 * Lets a long page come in turns, so that no one task of the browser draws all of it. In: what is shown and how many
 * turns it has. Out: the turn that it is. What was drawn once comes at once again, so that a page that somebody returns
 * to is as long as it was.
 */
import { afterLayout } from '../parts/after-layout.ts';

const drawn = new WeakSet<object>();

export class Turns {
  at = $state(0);
  private readonly last: number;

  constructor(shown: object, last: number) {
    this.last = last;
    if (drawn.has(shown)) this.at = last;
    else this.next(shown);
  }

  get isOver(): boolean {
    return this.at === this.last;
  }

  private next(shown: object): void {
    if (this.isOver) return void drawn.add(shown);
    afterLayout(() => {
      this.at++;
      this.next(shown);
    });
  }
}
