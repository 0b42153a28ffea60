/** Strings of versions of a program over time. */
import { COVERED_NOT } from '../../model/view.ts';
import type { Bucket, Grain } from '../charts/buckets.ts';
import { format } from '../format.ts';
import { chartText } from './chart.ts';

export const versionsText = {
  than: 'Which versions are old',
  olderThan: (line: string) => `Older than ${line}`,
  open: (client: string) => `Versions of ${client} over time`,
  close: 'Close',
  note: 'Shares of the pulls by this program, as the filters show them, by the first two numbers of its version. Named are the five with most pulls.',
  upright: 'Share of pulls',
  rest: 'Other or no version',
  counting: 'Counting…',
  none: 'There is no pull by this program with these days and filters.',
  share: (value: number) => format.share(value, 1),
  /** Of a bucket, each line in words. */
  values: (bucket: Bucket, grain: Grain, lines: [name: string, pulls: number][], zone?: string) => {
    const name = `${chartText.chart.name(bucket, grain)} ${chartText.zoneName(zone)}`;
    const all = lines.reduce((sum, [, pulls]) => sum + pulls, 0);
    if (bucket.covered === COVERED_NOT) return `${name}: ${chartText.chart.noData}`;
    if (all === 0) return `${name}: no pull`;
    return `${name}: ${lines.map(([line, pulls]) => `${line} ${format.share(pulls, all)}, ${format.integer(pulls)}`).join('; ')}`;
  },
  pulls: (count: number) => `${format.integer(count)} ${count === 1 ? 'pull' : 'pulls'}`,
  table: (client: string) => `Pulls by version of ${client}, as a table`,
};
