/** Moves the focus to an element that takes the place of the one that had it. */
export function takeFocus(element: HTMLElement): void {
  element.focus({ preventScroll: true });
}
