import { describe, expect, test } from 'vitest';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { logLine } from '../helpers/log-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { countsOf, digestOf, readTimeline } from '../helpers/timeline.ts';

/** spec/classification.md, sections 5 and 6, clause by clause, from the bytes of lines. */
const [D1, D2] = [digestOf('D1'), digestOf('D2')];

describe('5 an action carries', () => {
  test('timestamp, address, user agent, reference and tag of the first request, digest of the GET behind it', async () => {
    const { actions } = await readTimeline('HEAD T @192.0.2.9 by first, +1.5 GET D1 @192.0.2.9 by second');
    expect(actions).toEqual([
      {
        time: Date.parse('2026-09-01T00:00:00Z'),
        client: '192.0.2.9',
        prefix: '',
        name: 'A',
        reference: 'T',
        repoType: 'image',
        tag: 'T',
        digest: D1,
        method: 'GET',
        action: 'pull_by_tag',
        agent: 'first',
        requests: [
          { file: 'log', offset: 0 },
          { file: 'log', offset: expect.any(Number) as number },
        ],
      },
    ]);
  });

  test.each([
    ['GET if the chain has one', 'HEAD T, GET D1', 'GET'],
    ['GET of a tag', 'GET T', 'GET'],
    ['HEAD if it has none', 'HEAD T', 'HEAD'],
    ['HEAD of a digest', 'HEAD D1', 'HEAD'],
    ['GET behind a HEAD of a digest', 'HEAD D1, GET D1', 'GET'],
  ])('the method: %s: %s', async (_, timeline, method) => {
    expect((await readTimeline(timeline)).actions.map((action) => action.method)).toEqual([method]);
  });

  test.each([
    ['of a digest chain its first', 'GET D1, GET D2', '', D1],
    ['of a HEAD by digest its own', 'HEAD D2', '', D2],
    ['of a tag chain that of the GET that followed a HEAD', 'HEAD T, GET D1, GET D2', 'T', D1],
    ['of a tag chain the one logged with the HEAD', 'HEAD T (D1 logged)', 'T', D1],
    ['the logged one, and not that of a GET behind it', 'HEAD T (D1 logged), GET T, GET D2', 'T', D1],
    ['the one logged with the GET', 'GET T (D1 logged), GET D2', 'T', D1],
    ['the one logged with the GET that followed a HEAD', 'HEAD T, GET T (D1 logged), GET D2', 'T', D1],
    ['blank for a HEAD alone', 'HEAD T', 'T', ''],
    ['blank for a GET by tag: never the child’s', 'GET T, GET D1', 'T', ''],
    ['blank for HEAD and GET by tag: never the child’s', 'HEAD T, GET T, GET D1', 'T', ''],
  ])('the digest: %s: %s', async (_, timeline, tag, digest) => {
    const { actions } = await readTimeline(timeline);
    expect(actions.map((action) => [action.tag, action.digest])).toEqual([[tag, digest]]);
  });

  test('the UTC day of the first request', async () => {
    const line = (time: string, method: string, reference: string) =>
      `192.0.2.1 - - [${time}] "${method} /v2/a/manifests/${reference} HTTP/1.1" 200 1 "-" "x"\n`;
    // 23:59:58 UTC of 31 August, written two hours ahead; the GET is on the next day.
    const text =
      line('01/Sep/2026:01:59:58 +0200', 'HEAD', '1') + line('01/Sep/2026:00:00:01 +0000', 'GET', D1);
    const { actions, analysis } = await readLogs([{ name: 'log', bytes: new TextEncoder().encode(text) }]);
    expect(actions.map(({ time }) => new Date(time).toISOString())).toEqual(['2026-08-31T23:59:58.000Z']);
    const first = dayOfIso('2026-08-31');
    expect([...analysis.view({ first, last: first + 1 }).series.pullsByTag]).toEqual([1, 0]);
  });

  test('where its requests stand, down to the bytes of the lines', async () => {
    const agents = ['x', '\u00e9\u{1f40b}', 'z'];
    const lines = ['1', '2', D1].map((reference, i) =>
      logLine(Date.UTC(2026, 8, 1), '192.0.2.1', 'GET', `/v2/a/manifests/${reference}`, 200, 1, agents[i]!),
    );
    const files = [
      { name: 'one', bytes: new TextEncoder().encode(`noise\r\n\r\n${lines.join('\r\n')}`) },
      { name: 'two', bytes: new TextEncoder().encode('only noise\n') },
    ];
    for (const options of [{}, { chunk: 40, scanners: 3, seed: 3 }, { gzip: true }]) {
      const { actions } = await readLogs(files, options);
      const places = actions.flatMap(({ requests }) => requests);
      const found = places.map(({ file, offset }) => {
        const { bytes } = files.find(({ name }) => name === file)!;
        return new TextDecoder().decode(bytes.subarray(offset)).split('\r\n')[0];
      });
      // The GET by digest joins the tag chain opened last.
      expect(actions.map(({ requests }) => requests.length)).toEqual([1, 2]);
      expect(found).toEqual(lines);
    }
  });
});

describe('6 look-ups of signatures and attestations', () => {
  const hex = '5'.repeat(64);
  const read = async (reference: string, countSignatures = false) => {
    const line = logLine(
      Date.UTC(2026, 8, 1),
      '192.0.2.1',
      'GET',
      `/v2/a/manifests/${reference}`,
      200,
      1,
      'x',
    );
    return readLogs([{ name: 'log', bytes: new TextEncoder().encode(line) }], { rules: { countSignatures } });
  };

  test.each([`sha256-${hex}`, `sha256-${hex}.sig`, `sha256-${hex}.att`, `sha256-${hex}.sbom`])(
    '%s is set aside, its number is shown, and one switch counts it',
    async (reference) => {
      for (const counted of [false, true]) {
        const { actions, tally, analysis } = await read(reference, counted);
        expect(countsOf(actions)).toBe(counted ? '0/1/0' : '0/0/0');
        expect(tally).toMatchObject({ counted: counted ? 1 : 0, setAside: counted ? 0 : 1 });
        const day = dayOfIso('2026-09-01');
        expect(analysis.view({ first: day, last: day }).signatureLookUps).toBe(1);
      }
    },
  );

  test.each([
    ['a digit less', `sha256-${hex.slice(1)}`],
    ['a digit more', `sha256-${hex}5`],
    ['another ending', `sha256-${hex}.sign`],
    ['another ending still', `sha256-${hex}.sig.x`],
    ['another algorithm', `sha512-${hex}`],
    ['no hex', `sha256-${'g'.repeat(64)}`],
    ['something before', `xsha256-${hex}`],
    ['a digest', `sha256:${hex}`],
  ])('with %s it is none', async (_, reference) => {
    const { actions, tally } = await read(reference);
    expect(actions).toHaveLength(1);
    expect(tally.setAside).toBe(0);
  });

  test.each([
    ['do not come between a HEAD and its GET', 'HEAD T, +3 GET S.sig, +2 GET D1', '0/1/0', '0/2/0'],
    ['do not stretch the window', 'HEAD T, +3 GET S.sig, +3 GET D1', '1/0/1', '1/1/0'],
    ['are folded only when they are counted', 'HEAD S.sig, GET D1', '0/0/1', '0/1/0'],
  ])('are set aside before folding: they %s: %s', async (_, timeline, counts, counted) => {
    expect((await readTimeline(timeline)).counts).toBe(counts);
    expect((await readTimeline(timeline, { countSignatures: true })).counts).toBe(counted);
  });

  test('the switch is reversible', async () => {
    const { analysis } = await readTimeline('HEAD S.sig, GET D1');
    const day = dayOfIso('2026-09-01');
    const shown = () => {
      const { pullsByTag, pullsByDigest } = analysis.view({ first: day, last: day }).figures;
      return `${pullsByTag}/${pullsByDigest}`;
    };
    const rules = DEFAULT_RULES;
    expect(shown()).toBe('0/1');
    analysis.setRules({ ...rules, countSignatures: true });
    expect(shown()).toBe('1/0');
    analysis.setRules({ ...rules, countSignatures: false });
    expect(shown()).toBe('0/1');
  });
});
