/** The fixtures agree with themselves: a wrong one would prove a wrong reader right. */
import { describe, expect, test } from 'vitest';
import { PIECE_BYTES, WRAPPERS, wrapperTime } from './fixtures/logs/wrappers.ts';
import {
  type ExpectedRequest,
  listFixtureFormats,
  listLabCaptures,
  loadLabCapture,
  logFixtures,
  type Missing,
} from './helpers/log-fixtures.ts';

const fixtures = logFixtures();
const named = fixtures.map((fixture) => [`${fixture.format.id}/${fixture.case}`, fixture] as const);

const MISSING: Missing[] = ['method', 'address', 'agent', 'digest', 'status', 'time', 'year', 'zone'];
/** The ranges for documentation, and the loopback of one fixture. */
const ADDRESS = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$|^2001:db8:[0-9a-f:]+$|^127\.0\.0\.1$|^$/;

test('the folders are all there', () => {
  expect(listFixtureFormats().length).toBeGreaterThanOrEqual(45);
  expect(fixtures.length).toBeGreaterThanOrEqual(100);
  expect(new Set(named.map(([name]) => name)).size).toBe(fixtures.length);
});

test.each(listFixtureFormats())('$id says what it is', ({ title, missing, missingIn, origin, id }) => {
  expect(title).not.toBe('');
  expect(origin).toMatch(/^made for this project after /);
  const cases = fixtures.filter(({ format }) => format.id === id).map((fixture) => fixture.case);
  expect(cases.length).toBeGreaterThan(0);
  for (const each of [missing, ...Object.values(missingIn ?? {})])
    expect(each.filter((what) => !MISSING.includes(what))).toEqual([]);
  expect(Object.keys(missingIn ?? {}).filter((name) => !cases.includes(name))).toEqual([]);
});

describe.each(named)('%s', (_, { lines, expected, account, missing }) => {
  test('the account adds up', () => {
    expect(
      account.manifestRequests +
        account.otherRegistry +
        account.otherPath +
        account.messages +
        account.blank +
        account.unreadable,
    ).toBe(account.read + account.repeated);
    if (account.unit === 'line') expect(account.read).toBe(lines.length);
    expect(expected.length).toBe(account.manifestRequests);
    expect(account.loggedTwice).toBeLessThan(account.manifestRequests);
    if (account.unit === 'line') {
      expect(lines.filter((line) => line.trim() === '').length).toBe(account.blank);
      const repeats = expected.filter(({ line }, i) => expected[i - 1]?.line === line).length;
      expect(repeats).toBeLessThanOrEqual(account.repeated);
    }
  });

  test('each request stands in the lines that are named', () => {
    expect(expected.length).toBeGreaterThan(0);
    const all = expected.map(({ line }) => line);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    for (const [i, request] of expected.entries()) {
      const next = all.find((line, at) => at > i && line > request.line) ?? lines.length + 1;
      // A record of several lines reaches to the next one.
      const last = account.unit === 'record' && lines.length > 100 ? next - 1 : request.line;
      expect(request.line).toBeLessThanOrEqual(lines.length);
      const shown = lines
        .slice(request.line - 1, last)
        .join('\n')
        .replaceAll(/%3A/gi, ':');
      // Of a hub's file: revision and path.
      const isFile = !request.reference.startsWith('sha256:') && request.reference.includes(':');
      for (const part of isFile ? request.reference.split(':') : [request.reference])
        expect(shown).toContain(part);
      for (const part of request.name.split('/')) expect(shown).toContain(part);
      if (request.prefix) expect(shown).toContain(request.prefix);
      if (request.method && !shown.includes('Docker-HeadManifest')) expect(shown).toContain(request.method);
      if (request.client) expect(shown).toContain(request.client);
      if (request.digest) expect(shown).toContain(request.digest);
      const product = /^[\w./-]+/.exec(request.agent ?? '')?.[0];
      if (product) expect(shown).toContain(product);
    }
  });

  test('the requests are well formed', () => {
    const wrong = expected.filter(
      ({ time, client, name, reference, digest, prefix, status }) =>
        Number.isNaN(time) ||
        !ADDRESS.test(client) ||
        !/^[a-z0-9._/-]+$/.test(name) ||
        !/^(sha256:[0-9a-f]{64}|\w[\w.-]{0,127}|[\w.-]+:[\w./-]+)$/.test(reference) ||
        !/^(sha256:[0-9a-f]{64})?$/.test(digest) ||
        !/^(\/[\w./-]+)?$/.test(prefix) ||
        (status !== null && (!Number.isInteger(status) || status < -1 || status > 599)),
    );
    expect(wrong).toEqual([]);
  });

  test('what the format cannot give is nowhere, and the rest somewhere', () => {
    const gives: [Missing, (request: ExpectedRequest) => boolean][] = [
      ['method', ({ method }) => method !== null],
      ['status', ({ status }) => status !== null],
      ['address', ({ client }) => client !== ''],
      ['agent', ({ agent }) => agent !== null && agent !== ''],
      ['digest', ({ digest }) => digest !== ''],
      ['time', ({ time }) => time !== null],
    ];
    for (const [what, isGiven] of gives) {
      // A terminal shows the access lines too, which have a time.
      if (what === 'time' && missing.includes('time') && account.loggedTwice) continue;
      expect([what, expected.some(isGiven)]).toEqual([what, !missing.includes(what)]);
    }
  });
});

test('the same traffic in three versions of the registry is the same requests', () => {
  const text = (name: string) =>
    fixtures.find(({ format, case: each }) => format.id === 'distribution-text' && each === name)!;
  const access = (name: string) => {
    const { expected, lines } = text(name);
    return expected
      .filter(({ line }) => !lines[line - 1]!.startsWith('time='))
      .map((request) => ({ ...request, line: 0 }));
  };
  expect(access('registry-3.0.0')).toEqual(access('registry-2.8'));
  expect(access('registry-3.1')).toEqual(access('registry-2.8'));
  const once = (name: string) => text(name).account.manifestRequests - text(name).account.loggedTwice;
  expect([once('registry-2.8'), once('registry-3.0.0'), once('registry-3.1')]).toEqual([11, 11, 11]);
  // 3.0.0 loses the logger line of each HEAD that finds its manifest.
  const heads = access('registry-2.8').filter(({ method, status }) => method === 'HEAD' && status === 200);
  expect(text('registry-3.0.0').account.loggedTwice).toBe(11 - heads.length);
  expect(heads.length).toBe(4);
});

test.each(listLabCaptures())('the lab capture %s has logs and runs, below a megabyte', (name) => {
  const { files, runs } = loadLabCapture(name);
  expect(files.length).toBeGreaterThan(0);
  expect(runs.length).toBeGreaterThan(0);
  expect(files.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(1e6);
  const known = runs.flatMap(({ requests, expected }) =>
    (expected ?? []).flatMap((action) => action.requests.map((i) => requests[i] !== undefined)),
  );
  expect(known).not.toContain(false);
});

const LONG = `192.0.2.1 - - "${'ä<&>'.repeat(9000)}"`;
const PLAIN = ['first "quoted" \\ line', '', 'x ä <b> & {"a":1} | c', 'same', 'same', 'same', 'last'];

describe.each(WRAPPERS.map((wrapper) => [wrapper.id, wrapper] as const))('wrapper %s', (id, wrapper) => {
  test('holds every line, in order', () => {
    const text = wrapper.wrap(PLAIN);
    expect(text.endsWith('\n')).toBe(true);
    const written = text.slice(0, -1).split('\n');
    expect(wrapper.wrap(PLAIN)).toBe(text);
    const inner =
      id === 'message-repeated'
        ? ['first "quoted" \\ line', '', PLAIN[2]!, 'same', 'message repeated 2 times: [ same]', 'last']
        : PLAIN;
    expect(written.length).toBe(inner.length);
    for (const [i, line] of written.entries()) expect(innerOf(line, inner[i]!)).toBe(inner[i]);
  });

  test('cuts long lines only where Docker and containerd do', () => {
    const written = wrapper.wrap(['a', LONG, 'b']).slice(0, -1).split('\n');
    const pieces = Math.ceil(new TextEncoder().encode(LONG).length / (PIECE_BYTES - 3));
    const isCut = /^(docker-json-file|docker-json-file-streams|cri|cri-zone|journalctl-json)$/.test(id);
    expect(written.length).toBe(isCut ? pieces + 2 : 3);
  });
});

/** The line in a wrapped one: the string of that value in an object, else the end of the text. */
function innerOf(written: string, inner: string): string | undefined {
  if (!written.startsWith('{')) return written.endsWith(inner) ? inner : undefined;
  const values = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(values) : [value];
  return values(JSON.parse(written)).some((value) => value === inner || value === `${inner}\n`)
    ? inner
    : undefined;
}

test('pieces join to the line, and a line of the other stream may stand between', () => {
  const records = (id: string) =>
    WRAPPERS.find((wrapper) => wrapper.id === id)!
      .wrap([LONG, 'b'])
      .slice(0, -1)
      .split('\n');
  const docker = records('docker-json-file').map((line) => JSON.parse(line) as { log: string });
  expect(docker.map(({ log }) => log).join('')).toBe(`${LONG}\nb\n`);
  const streams = records('docker-json-file-streams').map(
    (line) => JSON.parse(line) as { log: string; stream: string },
  );
  expect(streams[1]).toMatchObject({ log: 'b\n', stream: 'stderr' });
  const cri = records('cri').map((line) => /^(\S+) stdout ([PF]) (.*)$/.exec(line)!);
  expect(cri.map(([, , kind, text]) => text + (kind === 'F' ? '\n' : '')).join('')).toBe(`${LONG}\nb\n`);
  expect(Date.parse(cri[0]![1]!)).toBe(wrapperTime(0));
});
