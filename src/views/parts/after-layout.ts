/**
 * For what is drawn in parts: the browser lays out what stands so far in one task, the next part is made in another, so
 * that neither is long. No frame is waited for: a page that is out of sight has none. Out: takes the call back.
 */
export function afterLayout(next: () => void): () => void {
  let timer = setTimeout(() => {
    // Reading a height lays out the page.
    void document.body.offsetHeight;
    timer = setTimeout(next);
  });
  return () => clearTimeout(timer);
}
