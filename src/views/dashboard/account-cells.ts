/** The account of lines as cells, to copy or save: numbers, sizes in bytes and moments (UTC) as data. */
import { isoMoment } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import type { FileReport, LineTally } from '../../model/view.ts';
import { type Fate, FATES, linesOf } from './line-account.ts';

const HEADS: Record<Fate, string> = {
  counted: 'counted',
  dropped: 'status_does_not_count',
  setAside: 'signature_look_ups',
  otherFiles: 'other_files_of_models',
  loggedTwice: 'logged_twice',
  behind: 'behind_another_log',
  otherRegistry: 'other_registry_traffic',
  otherPath: 'no_registry_traffic',
  applicationMessage: 'messages_of_programs',
  blank: 'blank',
  unreadable: 'unreadable',
};

/** A row for each status whose requests do not count: their sum has none. */
export function fateCells(tally: LineTally): Cell[][] {
  return [
    ['what', 'status', 'lines'],
    ...FATES.flatMap((fate): Cell[][] =>
      fate === 'dropped'
        ? tally.dropped.map(([status, lines]) => [HEADS.dropped, status === 0 ? '' : status, lines])
        : [[HEADS[fate], '', linesOf(tally, fate)]],
    ),
  ];
}

export function fileCells(files: readonly FileReport[]): Cell[][] {
  return [
    [
      ...['file', 'state', 'formats', 'bytes', 'first_time', 'last_time', 'lines'],
      ...FATES.map((fate) => HEADS[fate]),
    ],
    ...files.map(({ name, state, formats, size, firstTime, lastTime, lines }): Cell[] => [
      ...[name, state, formats.map(([title]) => title).join('; '), size],
      ...[isoMoment(firstTime), isoMoment(lastTime), lines.read],
      ...FATES.map((fate) => linesOf(lines, fate)),
    ]),
  ];
}
