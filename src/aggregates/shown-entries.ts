/** What of an index a span and a filter show. In: both. Out: for each group and entry whether it is shown, and rows. */
import { actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import { ACTION_NONE } from '../model/request-table.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import { type ActionIndex, KIND_MASK } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';
import type { RepositoryActions } from './repository-actions.ts';

export class ShownEntries {
  private readonly hiding: EntryFilter | null;
  private readonly hidesEntries: boolean;
  private readonly from: number;
  private readonly to: number;

  constructor(
    private readonly traffic: Traffic,
    private readonly index: ActionIndex,
    span: DaySpan,
    filter: Filter,
  ) {
    const chosen = actionFilter(traffic, filter);
    this.hiding = chosen && new EntryFilter(index, traffic, chosen);
    this.hidesEntries = this.hiding?.hidesEntries ?? false;
    [this.from, this.to] = rangeOfSpan(traffic, span);
  }

  hidesGroup(group: number): boolean {
    return this.hiding !== null && this.hiding.hidesGroup(group) !== 0;
  }

  has(entry: number): boolean {
    const { places, entries } = this.index;
    const place = places[entry]!;
    return (
      place >= this.from &&
      place < this.to &&
      (entries[entry]! & KIND_MASK) !== ACTION_NONE &&
      (!this.hidesEntries || this.hiding!.hidesEntry(entry) === 0)
    );
  }

  /** The actions of some groups. */
  actionsOf(groups: readonly number[]): RepositoryActions {
    const { starts, places, client, agent } = this.index;
    const most = groups.reduce((sum, group) => sum + starts[group + 1]! - starts[group]!, 0);
    const rows = new Uint32Array(most);
    const ownStarts = new Uint32Array(groups.length + 1);
    let used = 0;
    groups.forEach((group, at) => {
      for (let i = starts[group]!, end = starts[group + 1]!; i < end; i++)
        if (this.has(i)) rows[used++] = this.traffic.order[places[i]!]!;
      ownStarts[at + 1] = used;
    });
    return {
      rows: rows.subarray(0, used),
      groups: groups.length,
      starts: ownStarts,
      client: Uint32Array.from(groups, (group) => client[group]!),
      agent: Uint32Array.from(groups, (group) => agent[group]!),
    };
  }
}
