/** Attached to a dialog: opens it. It is taken off the page open, so the focus is given back by hand. */
export function showModal(dialog: HTMLDialogElement): () => void {
  const opener = document.activeElement;
  // In a task of its own: all of the page is styled anew, as what stands behind a dialog cannot be reached.
  const opening = setTimeout(() => dialog.showModal());
  return () => {
    clearTimeout(opening);
    dialog.close();
    if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
  };
}
