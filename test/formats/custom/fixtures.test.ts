/**
 * The fixture logs, read by the configurations that wrote them, and by the guesses for clicks into their first
 * request. What comes out must be what the fixtures say.
 */
import { expect, test } from 'vitest';
import { patternFromClicks } from '../../../src/formats/custom/from-clicks.ts';
import { readPastedFormat } from '../../../src/formats/custom/read-pasted-format.ts';
import { splitForClicks } from '../../../src/formats/custom/split-for-clicks.ts';
import type { LineField, LinePattern } from '../../../src/model/line-pattern.ts';
import type { ExpectedRequest, LogFixture } from '../../helpers/log-fixtures.ts';
import { logFixtures } from '../../helpers/log-fixtures.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';
import { SOURCES } from '../../helpers/pasted-formats.ts';

const fixtures = new Map(logFixtures().map((fixture) => [`${fixture.format.id}/${fixture.case}`, fixture]));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Milliseconds since 1970; without a zone in UTC. */
function timeOf(text: string): number {
  if (/^\d{10}(\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1000 + 1e-6);
  const common = /^(\d\d)\/(...)\/(\d{4}):([\d:.]+)(?: ([+-]\d\d)(\d\d))?$/.exec(text);
  if (!common) return Date.parse(text);
  const [, day, name, year, clock, hours, minutes] = common;
  const month = String(MONTHS.indexOf(name!) + 1).padStart(2, '0');
  return Date.parse(`${year}-${month}-${day}T${clock}${hours ? `${hours}:${minutes}` : 'Z'}`);
}

/** The notations of nginx, Go and Apache; HAProxy's with #. */
const unescapeAgent = (text: string, hash: boolean) =>
  text.replace(
    hash ? /((?:#[\dA-F]{2})+)/g : /((?:\\x[\dA-Fa-f]{2})+)|\\(["\\])/g,
    (_, hex: string, char: string) => (hex ? Buffer.from(hex.replace(/\\x|#/g, ''), 'hex').toString() : char),
  );

/** The addresses of a list, without ports and brackets. */
const addresses = (text: string) =>
  text
    .split(',')
    .map((each) =>
      each
        .trim()
        .replace(/^([\d.]+):\d+$/, '$1')
        .replace(/^\[(.*)\](:\d+)?$/, '$1'),
    )
    .filter((each) => /^\d+(\.\d+){3}$|:.*:/.test(each));

/** What a line says, in the terms of the fixtures; only what the pattern can tell. */
function rowOf(
  found: Map<LineField, string>,
  expected: ExpectedRequest,
  hash: boolean,
): Partial<ExpectedRequest> {
  const [verb, url] = found.get('request')?.split(' ') ?? [found.get('method'), found.get('target')];
  const path = decodeURIComponent(url!.split('?')[0]!);
  const listed = addresses(found.get('forwarded') ?? '');
  const peer = addresses(found.get('client') ?? '');
  const row: Partial<ExpectedRequest> = {
    time: timeOf(found.get('time')!),
    method: verb === 'HEAD' || verb === 'GET' ? verb : null,
  };
  if (path.endsWith(`/v2/${expected.name}/manifests/${expected.reference}`)) {
    row.name = expected.name;
    row.reference = expected.reference;
  }
  if (found.has('client') || found.has('forwarded')) row.client = listed[0] ?? peer[0] ?? '';
  if (found.has('status')) row.status = Number(found.get('status'));
  const orNothing = (text: string) => (text === '-' ? '' : text);
  if (found.has('agent')) row.agent = orNothing(unescapeAgent(found.get('agent')!, hash));
  if (found.has('digest')) row.digest = orNothing(found.get('digest')!);
  return row;
}

/** Lines behind syslog are peeled before a format sees them. */
const peeled = (line: string) => line.replace(/^.*?haproxy\[\d+\]: /, '');

const ALL = ['time', 'client', 'method', 'status', 'name', 'reference', 'agent', 'digest'] as const;

function check(fixture: LogFixture, pattern: LinePattern, keys?: readonly (keyof ExpectedRequest)[]): void {
  for (const expected of fixture.expected) {
    const line = peeled(fixture.lines[expected.line - 1]!);
    const found = matchPattern(pattern, line);
    expect(found, line).not.toBeNull();
    const row = rowOf(found!, expected, fixture.format.id.startsWith('haproxy'));
    // A format may give less than the log could: what it gives is exact.
    const told = new Set([...Object.keys(row), 'name', 'reference']);
    for (const key of keys ?? ALL)
      if (told.has(key)) expect([key, row[key]], line).toEqual([key, expected[key]]);
  }
}

test.each(Object.entries(SOURCES))('%s by its configuration', (id, source) => {
  const fixture = fixtures.get(id)!;
  expect(fixture.expected.length).toBeGreaterThan(5);
  const { formats, problems } = readPastedFormat(source);
  expect(problems).toEqual([]);
  expect(formats).toHaveLength(1);
  check(fixture, formats[0]!.pattern);
});

/** What the first request shows for sure; its addresses and agent may be absent or look like something else. */
const SURE = ['time', 'method', 'status', 'name', 'reference'] as const;

test.each([...fixtures].filter(([id]) => id in SOURCES))(
  '%s by the guesses for its first request',
  (_, fixture) => {
    const line = peeled(fixture.lines[fixture.expected[0]!.line - 1]!);
    const made = patternFromClicks(line, splitForClicks(line));
    if ('reason' in made) throw new Error(`${made.reason} ${line}`);
    check(fixture, made.pattern, SURE);
  },
);
