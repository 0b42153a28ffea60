/** Whether panels are folded: on the overview they are; on a page of their own they stand open. */
import { getContext, setContext } from 'svelte';

const OPEN = Symbol('panels stand open');

/** Called while a page is made, for all panels in it. */
export function openWithin(): void {
  setContext(OPEN, true);
}

/** Called while a panel is made. */
export function isOpenWithin(): boolean {
  return getContext<true | undefined>(OPEN) === true;
}
