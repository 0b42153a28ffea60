/** Entries of one name that are shown. In: the index and a filter, a name and places. Out: entries in the order of time. */
import { ACTION_NONE } from '../model/request-table.ts';
import type { ActionIndex } from './action-index.ts';
import type { EntryFilter } from './entry-filter.ts';
import { entriesBetween } from './entry-search.ts';
import { KIND_MASK } from './packed-kinds.ts';

/** Entries at a time. */
const CHUNK = 1 << 14;

export class ShownEntries {
  private readonly hides: Uint16Array;
  private readonly wordHides = new Uint16Array(CHUNK);

  constructor(
    private readonly index: ActionIndex,
    private readonly hiding: EntryFilter | null,
  ) {
    this.hides = new Uint16Array(index.mostGroups);
  }

  /** Actions of a name with places in [from, to). */
  of(name: number, from: number, to: number): Uint32Array {
    const { index, hiding, hides, wordHides } = this;
    const [begin, stop] = entriesBetween(index, name, from, to);
    const shown = new Uint32Array(stop - begin);
    const { kinds, group } = index;
    let used = 0;
    if (!hiding) {
      for (let i = begin; i < stop; i++) {
        shown[used] = i;
        used += ((kinds[i]! & KIND_MASK) + KIND_MASK) >> 3;
      }
      return shown.subarray(0, used);
    }
    hiding.fillGroups(name, index.groupsOf[name]!, index.groupsOf[name + 1]!, hides);
    for (let at = begin; at < stop; at += CHUNK) {
      const end = Math.min(stop, at + CHUNK);
      hiding.fillWords(at, end, wordHides);
      for (let i = at; i < end; i++) {
        const kind = kinds[i]!;
        if ((kind & KIND_MASK) === ACTION_NONE) continue;
        if ((wordHides[i - at]! | hides[group[i]!]! | hiding.byKind[kind]!) === 0) shown[used++] = i;
      }
    }
    return shown.subarray(0, used);
  }
}
