/**
 * What countries, clients and the other facts behind actions cost: the whole job until their panels are shown, beside
 * the same page without tables of addresses, until its figures are. In: the page, a log. Out: a table as text.
 */
import { measure, type Wait } from './browser.ts';

const ROWS: [name: string, wait: Wait][] = [
  ['without tables of addresses', 'no tables'],
  ['with them', 'facts'],
];

export async function measureFacts(page: string, file: string, repetitions: number): Promise<string> {
  const runs = ROWS.map(() => [] as { figures: number; panels: number; cpu: number }[]);
  for (let i = 0; i < repetitions; i++) {
    for (const [row, [, wait]] of ROWS.entries()) {
      const { seconds, withFacts, cpuSeconds } = await measure(page, file, 2, wait);
      runs[row]!.push({ figures: seconds, panels: withFacts, cpu: cpuSeconds });
    }
  }
  const [without, whole] = runs as [(typeof runs)[0], (typeof runs)[0]];
  const ratio = (of: (run: number) => number) => median(whole.map((_, run) => of(run))).toFixed(2);
  return [
    'Countries and clients, 2 workers',
    '',
    '| what | figures, s | panels, s | CPU-s |',
    '| --- | --- | --- | --- |',
    ...ROWS.map(([name, wait], row) => {
      const of = (column: 'figures' | 'panels' | 'cpu') =>
        median(runs[row]!.map((run) => run[column])).toFixed(2);
      return `| ${name} | ${of('figures')} | ${wait === 'facts' ? of('panels') : ''} | ${of('cpu')} |`;
    }),
    '',
    `Panels after figures: × ${ratio((run) => whole[run]!.panels / whole[run]!.figures)}. ` +
      `Panels with tables ÷ figures without: × ${ratio((run) => whole[run]!.panels / without[run]!.figures)}, ` +
      `processor × ${ratio((run) => whole[run]!.cpu / without[run]!.cpu)}.`,
    '',
  ].join('\n');
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
