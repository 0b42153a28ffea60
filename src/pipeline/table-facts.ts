/** What a table is as a file beside logs. In: what was read of it. Out: the time that it covers, and what it cannot tell. */
import type { TableResult } from '../model/table-format.ts';
import { type Milliseconds, MILLISECONDS_PER_DAY } from '../model/units.ts';

/** Days from midnight to midnight, unless the table tells times of day. */
export function intervalOfTable({ firstTime, lastTime }: Pick<TableResult, 'firstTime' | 'lastTime'>): {
  first: Milliseconds;
  last: Milliseconds;
} {
  const isDaily = firstTime % MILLISECONDS_PER_DAY === 0 && lastTime % MILLISECONDS_PER_DAY === 0;
  return { first: firstTime, last: isDaily ? lastTime + MILLISECONDS_PER_DAY - 1 : lastTime };
}

const MISSING: Record<TableResult['table']['kind'], string> = {
  actions: 'Client addresses, so no unique addresses; the requests behind an action.',
  counts: 'Single pulls: who made them, when in the day, and with which program.',
  requests: '',
  none: '',
};

/** Empty: nothing that this page shows. */
export function missingOfTable({ table }: Pick<TableResult, 'table'>): string {
  return MISSING[table.kind];
}
