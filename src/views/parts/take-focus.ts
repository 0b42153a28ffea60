/** Moves the focus to an element that takes the place of the one that had it. */
export function takeFocus(element: HTMLElement): void {
  element.focus({ preventScroll: true });
}

/** The same in a task of its own: the browser lays out the page for it. Not when something else was given it meanwhile. */
export function takeFocusSoon(element: HTMLElement): () => void {
  const timer = setTimeout(() => {
    if (document.activeElement === document.body) takeFocus(element);
  });
  return () => clearTimeout(timer);
}
