/** What the clean-up list must show, slow and obvious. Written from the rules of the list, without its code. */
import type { ReadAction } from './read-logs.ts';

type Row = [name: string, tag: string, pulls: number, checks: number, lastPull: number, lastAction: number];

/** shown: those of all that a filter lets through. A digest stands for tags whatever is filtered. */
export function lastUseSlowly(all: ReadAction[], shown: ReadAction[]): Row[] {
  const rows: Row[] = [];
  for (const name of new Set(shown.map((action) => action.name))) {
    const own = shown.filter((action) => action.name === name);
    rows.push(rowOf(name, '', own));
    const byTag = all.filter((action) => action.name === name && action.tag !== '');
    for (const tag of new Set(byTag.map((action) => action.tag))) {
      const digests = byTag.filter((action) => action.tag === tag).map(({ digest }) => digest);
      const ofTag = own.filter((action) =>
        action.tag === '' ? digests.includes(action.digest) : action.tag === tag,
      );
      if (ofTag.length > 0) rows.push(rowOf(name, tag, ofTag));
    }
  }
  return rows.sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]));
}

function rowOf(name: string, tag: string, actions: ReadAction[]): Row {
  const pulls = actions.filter(({ action }) => action !== 'version_check').map(({ time }) => time);
  const last = (times: number[]) => (times.length === 0 ? NaN : Math.max(...times));
  const checks = actions.length - pulls.length;
  return [name, tag, pulls.length, checks, last(pulls), last(actions.map(({ time }) => time))];
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
