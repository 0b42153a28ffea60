/** What the page tells in a line of its own. Texts: views/text/page.ts. */
import type { OwnPlaces } from '../model/own-places.ts';

/** Something to tell that is no result: see views/text.ts. */
export type Notice =
  | { kind: 'no-files' | 'no-sample' | 'busy' | 'forgotten' | 'not-forgotten' | 'bad-link' }
  /** Of kept files, only what was read of them before is there. */
  | { kind: 'not-here'; names: string[] }
  /** Session files that cannot be opened. */
  | { kind: 'bad-session'; files: { name: string; problem: string; remedy: string }[] }
  /** Files that can no longer be read. */
  | { kind: 'gone'; names: string[] }
  /** Databases of addresses were taken, or could not be. */
  | { kind: 'databases'; places: OwnPlaces }
  /** Of folders: files that are read, hidden files and the like that are not, paths that could not be opened. */
  | { kind: 'left-out'; files: number; leftOut: number; lost: string[] };

/** What a folder held besides the files that are taken from it. */
export type LeftOut = Pick<Extract<Notice, { kind: 'left-out' }>, 'leftOut' | 'lost'>;

/** Files that cannot be read, and those of which only what was kept is held. */
export function noticeOfMissing({ gone, notHere }: { gone: string[]; notHere: string[] }): Notice {
  return notHere.length > 0 ? { kind: 'not-here', names: notHere } : { kind: 'gone', names: gone };
}

/** What is to be told when files were given. */
export function noticeOfTaking(isBusy: boolean, files: number, { leftOut, lost }: LeftOut): Notice | null {
  if (isBusy) return { kind: 'busy' };
  if (leftOut > 0 || lost.length > 0) return { kind: 'left-out', files, leftOut, lost };
  return files === 0 ? { kind: 'no-files' } : null;
}
