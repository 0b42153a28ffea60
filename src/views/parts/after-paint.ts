/** How long a page that is not in sight waits for a frame, in milliseconds. */
const NO_FRAME = 100;

/**
 * Calls when what is drawn so far is painted: else the browser may lay several parts of a page out as one, in a task that
 * nothing comes between. Answers what calls it off.
 */
export function afterPaint(go: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout>;
  const cancel = () => {
    clearTimeout(waiting);
    cancelAnimationFrame(frame);
  };
  const soon = () => {
    cancel();
    waiting = setTimeout(go);
  };
  waiting = setTimeout(soon, NO_FRAME);
  const frame = requestAnimationFrame(soon);
  return cancel;
}
