import { describe, expect, it } from 'vitest';
import { writePattern } from '../../src/formats/custom/pattern-text.ts';
import { readPastedFormat } from '../../src/formats/custom/read-pasted-format.ts';
import { readFormatText, readPastedText, tryFormat } from '../../src/pipeline/own-formats.ts';
import { patternsOf, titlesOf } from '../../src/pipeline/own-titles.ts';
import { readLogs } from '../helpers/read-logs.ts';

const FORMAT = `log_format odd '$time_iso8601|$remote_addr|$request_method|$request_uri|$status';`;
const LINE = '2026-11-21T03:09:35+00:00|192.0.2.7|GET|/v2/acme/web/manifests/1.0|200';
const { pattern } = readPastedFormat(FORMAT).formats[0]!;
const text = writePattern(pattern);

describe('a format of the user’s own', () => {
  it('is described as it was pasted, stored or shared', () => {
    const [pasted] = readPastedText(FORMAT).formats;
    const { name, origin, ...found } = pasted!;
    expect([name, origin]).toEqual(['odd', 'nginx']);
    expect(found).toEqual(readFormatText(text));
    expect(found).toEqual({
      text,
      kind: 'text',
      fields: ['time', 'client', 'method', 'target', 'status'],
      missing: 'It shows no user agent.',
    });
    expect(readFormatText('nonsense')).toBeNull();
  });

  it('shows what it reads from each line', async () => {
    const [read, blob, other, odd] = await tryFormat(text, [
      LINE,
      LINE.replace('manifests/1.0', 'blobs/sha256:1'),
      '192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 5 "-" "docker/24"',
      'what is this',
    ]);
    expect(read).toEqual({
      line: LINE,
      isOwn: true,
      fate: 'manifest',
      reason: -1,
      fields: [
        ['time', '2026-11-21T03:09:35+00:00'],
        ['client', '192.0.2.7'],
        ['method', 'GET'],
        ['target', '/v2/acme/web/manifests/1.0'],
        ['status', '200'],
      ],
    });
    expect(blob).toMatchObject({ isOwn: true, fate: 'otherRegistry' });
    expect(other).toMatchObject({ isOwn: false, fate: 'manifest', fields: [] });
    expect(odd).toMatchObject({ isOwn: false, fate: 'unreadable', reason: 0 });
  });

  it('is named in reports, with what it lacks', async () => {
    const own = [{ name: 'Odd', text }];
    expect(patternsOf(own)).toEqual([pattern]);
    const { analysis } = await readLogs([{ name: 'a', bytes: new TextEncoder().encode(`${LINE}\n`) }], {
      own: patternsOf(own),
    });
    analysis.setOwnTitles(titlesOf(own));
    const [file] = analysis.report().files;
    expect(file!.formats).toEqual([['Odd', 1]]);
    expect(file!.missing).toEqual([['Odd', 'It shows no user agent.']]);
    expect(file!.lines.counted).toBe(1);
  });
});

describe('what is said of a file', () => {
  const line = (client: string) => `2026-11-21 23:30:00|${client}|GET|/v2/acme/web/manifests/1.0|200`;
  const own = patternsOf([{ name: 'Odd', text }]);
  const read = async (zone: string) => {
    const { files } = await readLogs(
      [{ name: 'a', bytes: new TextEncoder().encode(`${line('192.0.2.7')}\n`) }],
      { own, fileOptions: { zone } },
    );
    return files[0]!;
  };

  it('moves times without a zone', async () => {
    expect(await read('UTC')).toMatchObject({ usesZone: true, firstTime: Date.UTC(2026, 10, 21, 23, 30) });
    expect((await read('America/New_York')).firstTime).toBe(Date.UTC(2026, 10, 22, 4, 30));
    expect((await read('America/New_York')).coverage).toEqual({
      firstDay: Date.UTC(2026, 10, 22) / 86_400_000,
      covered: Uint8Array.of(1),
    });
  });

  it('chooses between the peer and X-Forwarded-For', async () => {
    const bytes = new TextEncoder().encode(
      '192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 5 "-" "docker/24" "203.0.113.5"\n',
    );
    const clientOf = async (usesForwarded: boolean) => {
      const { actions, files } = await readLogs([{ name: 'a', bytes }], { fileOptions: { usesForwarded } });
      return [actions[0]!.client, files[0]!.hasForwarded];
    };
    expect(await clientOf(true)).toEqual(['203.0.113.5', true]);
    expect(await clientOf(false)).toEqual(['192.0.2.7', false]);
  });
});
