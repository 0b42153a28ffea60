/**
 * What is in an archive of periods, and what it was made of, as JSON: enough to tell years later by which rules a figure
 * came about, and whether a file is still what was written. In: facts. Out: text. No client address is in it.
 */
import { isoDay } from '../lib/calendar.ts';
import { type CountingRules, RULES_VERSION } from '../model/counting-rules.ts';
import type { PeriodsJob } from '../model/export-job.ts';
import type { Milliseconds } from '../model/units.ts';
import type { DaySpan, FileReport } from '../model/view.ts';
import type { WrittenFile } from './entries.ts';
import type { PlannedFile } from './periods.ts';

/** By what figures came about. */
export interface Origin {
  rules: CountingRules;
  files: readonly FileReport[];
}

export type ManifestFile = WrittenFile &
  Pick<PlannedFile, 'sort' | 'period' | 'isPartial'> & {
    /** Of all parts of the table: what no row tells. */
    left: number;
  };

export function manifest(job: PeriodsJob, origin: Origin, files: readonly ManifestFile[]): string {
  const { window, ...switches } = origin.rules;
  const facts = {
    format: 'pullscope-periods',
    version: 1,
    created: new Date(job.now).toISOString(),
    rules: { version: RULES_VERSION, windowSeconds: window / 1000, ...switches },
    zone: 'UTC',
    span: days(job.span),
    filter: job.filter,
    preset: job.preset,
    sources: origin.files.map(({ name, size, state, formats, lines, firstTime, lastTime }) => ({
      ...{ name, bytes: size, state, formats: formats.map(([title]) => title) },
      ...{ linesRead: lines.read, linesCounted: lines.counted, linesUnreadable: lines.unreadable },
      ...{ first: moment(firstTime), last: moment(lastTime) },
    })),
    files: files.map(({ path, sort, period, isPartial, rows, left, bytes, sha256 }) => ({
      ...{
        path,
        kind: sort,
        period: period.kind,
        ...days(period.span),
        partial: isPartial,
        rows,
        ...(left > 0 ? { notInIt: left } : {}),
        bytes,
        sha256,
      },
    })),
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}

const days = ({ first, last }: DaySpan) => ({ first: isoDay(first), last: isoDay(last) });
const moment = (time: Milliseconds) => (Number.isNaN(time) ? null : new Date(time).toISOString());
