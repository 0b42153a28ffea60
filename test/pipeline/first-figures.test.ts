/** Figures that are kept beside files: shown only where they are of exactly those, and hold nothing personal. */
import { expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { newSalt } from '../../src/model/kept-address.ts';
import { Analysis } from '../../src/pipeline/analysis.ts';
import { countedBy, keepFigures, openFigures } from '../../src/pipeline/first-figures.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';

const encoder = new TextEncoder();
const BY = countedBy(DEFAULT_RULES, null);
const UNREADABLE = '192.0.2.77 says nothing that is known\n';
const other = SMALL_LOG.replaceAll('04/Sep', '05/Sep').replaceAll('acme/', 'zeta/');

async function shown() {
  const { analysis } = await readLogs(
    [
      { name: 'b.log', bytes: encoder.encode(other) },
      { name: 'a.log', bytes: encoder.encode(SMALL_LOG + UNREADABLE) },
    ],
    { print: true },
  );
  const files = analysis.keeping.keepable();
  const keys = files.map((file) => analysis.keeping.keyOf(file));
  const asked = { span: analysis.report().days!, step: 'day' as const };
  return { analysis, files, keys, asked };
}

test('what was shown comes back, with the numbers that files get', async () => {
  const { analysis, files, keys, asked } = await shown();
  const kept = keepFigures(analysis, new Set(keys), asked, BY)!;
  const again = new Analysis();
  const first = openFigures(kept, keys.slice().reverse(), BY, again)!;
  expect(first.view).toEqual(analysis.view(asked.span));
  expect(first.breakdowns).toEqual(analysis.breakdowns(asked.span));
  expect(first.calendar.days).toEqual(asked.span);

  const salt = newSalt();
  for (const key of [...keys].sort()) {
    const file = files[keys.indexOf(key)]!;
    const each = (await analysis.keeping.keep(file, salt, [], analysis.addressFacts, async () => true))!;
    const { name, size, compressed, firstTime, contentKey, options, table } = each.summary;
    const number = again.announce([
      {
        ...{ name, size, compressed, contentKey, options, table, problems: [], source: 0 },
        ...{ expectedFirst: firstTime, state: 'waiting' },
      },
    ]);
    again.restore(number, each, salt);
    again.finish();
  }
  // Rows of repositories are asked for by these numbers.
  expect(again.view(asked.span)).toEqual(first.view);
  expect(again.report().files.map(({ name }) => name)).toEqual(first.report.files.map(({ name }) => name));
});

test('other files, rules or rules of use are not answered', async () => {
  const { analysis, keys, asked } = await shown();
  const kept = keepFigures(analysis, new Set(keys), asked, BY)!;
  const open = (own: string[], by: string, of = kept) => openFigures(of, own, by, new Analysis());
  expect(open(keys, BY)).not.toBeNull();
  expect(open(keys.slice(1), BY)).toBeNull();
  expect(open([...keys, 'more'], BY)).toBeNull();
  expect(open(keys, countedBy({ ...DEFAULT_RULES, countSignatures: true }, null))).toBeNull();
  expect(open(keys, countedBy(DEFAULT_RULES, 'ci: bot'))).toBeNull();
  expect(open(keys, BY, { ...kept, bytes: kept.bytes.slice(8) })).toBeNull();
  expect(openFigures(null, keys, BY, new Analysis())).toBeNull();
  // An analysis that holds something has numbers of its own.
  expect(openFigures(kept, keys, BY, analysis)).toBeNull();
  // A file that is not kept: without it the figures would be others.
  expect(keepFigures(analysis, new Set(keys.slice(1)), asked, BY)).toBeNull();
});

test('no address and no line is in it', async () => {
  const { analysis, keys, asked } = await shown();
  const lines = analysis.report().files.flatMap(({ unreadable }) => unreadable.map(({ text }) => text));
  expect(lines.join()).toContain('192.0.2.77');
  const { bytes } = keepFigures(analysis, new Set(keys), asked, BY)!;
  expect(new TextDecoder().decode(bytes)).not.toContain('192.0.2');
  expect(new TextDecoder().decode(bytes)).toContain('acme/web');
});
