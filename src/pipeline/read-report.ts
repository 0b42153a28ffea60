/**
 * What became of all that was given, and what days it covers. In: files' own reports, and what holds their rows. Out: the
 * report that the page shows under “Data”, and that says which days can be asked for.
 */
import type { RequestCollector } from '../actions/collect-requests.ts';
import { coverageByDay } from '../aggregates/coverage.ts';
import { hidingAddress } from '../aggregates/hiding-address.ts';
import { firstKnown, lastKnown } from '../lib/known-times.ts';
import type { Traffic } from '../model/traffic.ts';
import type { FileReport, ReadReport } from '../model/view.ts';
import type { FileLedger } from './file-ledger.ts';
import { linesOfFiles } from './file-report.ts';
import type { HeldTables } from './held-tables.ts';
import type { RowsInTime } from './rows-in-time.ts';

export function readReport(
  files: FileReport[],
  traffic: Traffic,
  collector: RequestCollector,
  ledger: FileLedger,
  tables: HeldTables,
  { hops, rules, classifier }: RowsInTime,
): ReadReport {
  const coverage = tables.coverage(ledger.intervals());
  files.forEach(({ problems }, file) => problems.push(...tables.problemsOf(file)));
  const behindOf = (file: number) => hops.behindOf(file, rules);
  return {
    files,
    total: linesOfFiles(files),
    ...collector.kept(),
    hidingAddress: hidingAddress(traffic, classifier.requestsOf()),
    withoutAddress: ledger.sum(
      (file) => collector.tallyOf(file).withoutAddress - behindOf(file).withoutAddress,
    ),
    withoutStatus: ledger.sum((file) => {
      const { kept, withoutStatus } = collector.tallyOf(file);
      return Math.min(withoutStatus, kept - behindOf(file).requests);
    }),
    firstTime: firstKnown(files.map(({ firstTime }) => firstTime)),
    lastTime: lastKnown(files.map(({ lastTime }) => lastTime)),
    days: coverage.days,
    lastMonth: coverage.lastMonth(),
    months: coverage.months(),
    weeks: coverage.weeks(),
    coverage: coverageByDay(coverage),
  };
}
