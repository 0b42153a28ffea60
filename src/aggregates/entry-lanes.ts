/**
 * Where actions are counted: pulls in one lane of some numbers, version checks in another, what is hidden in lane 0, so
 * that a loop over entries needs no branch, which nothing could foretell. In: an index, what hides entries, a name. Out:
 * what such a loop looks up, a chunk of entries at a time.
 */
import { ACTION_KINDS as KINDS, ACTION_NONE, ACTION_VERSION_CHECK } from '../model/request-table.ts';
import type { ActionIndex } from './action-index.ts';
import { GROUP_BIT, SHOWN_VALUES } from './count-entries.ts';
import type { EntryFilter } from './entry-filter.ts';
import { KIND_MASK, KIND_VALUES } from './packed-kinds.ts';
import { fillGroupBits } from './seen-groups.ts';

/** Entries at a time. */
const CHUNK = 1 << 14;

export class EntryLanes {
  /** By bits of an entry and of its group. */
  readonly laneOf: Uint8Array;
  /** By group of the name. */
  readonly groupBits: Uint8Array;
  /** By entry of the chunk; nothing is hidden by words where it is 0. */
  readonly wordHides = new Uint16Array(CHUNK);
  private readonly hides: Uint16Array;

  constructor(
    private readonly index: ActionIndex,
    private readonly hiding: EntryFilter | null,
    lanes: { pulls: number; checks: number },
  ) {
    this.laneOf = Uint8Array.from({ length: SHOWN_VALUES }, (_, bits) => {
      const kind = bits & KIND_MASK;
      if (kind === ACTION_NONE || kind >= KINDS || bits & GROUP_BIT) return 0;
      if (hiding && hiding.byKind[bits % KIND_VALUES] !== 0) return 0;
      return kind === ACTION_VERSION_CHECK ? lanes.checks : lanes.pulls;
    });
    this.groupBits = new Uint8Array(index.mostGroups);
    this.hides = new Uint16Array(index.mostGroups);
  }

  /** Answers whether anything of the name may be shown. */
  takeName(name: number): boolean {
    const { index, hiding, hides, groupBits } = this;
    if (!hiding?.hidesGroups) return true;
    const [first, end] = [index.groupsOf[name]!, index.groupsOf[name + 1]!];
    hiding.fillGroups(name, first, end, hides);
    return fillGroupBits(hides, end - first, groupBits) < end - first;
  }

  /** Has entries [from, to) of the name counted. */
  inChunks(from: number, to: number, count: (from: number, to: number) => void): void {
    for (let at = from; at < to; at += CHUNK) {
      const stop = Math.min(to, at + CHUNK);
      if (this.hiding?.hidesWords) this.hiding.fillWords(at, stop, this.wordHides);
      count(at, stop);
    }
  }
}
