import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bytesOf, manifestLine as line } from '../helpers/exported.ts';
import { NO_LINES } from '../helpers/no-lines.ts';
import { type LogFile, readLogs, type ReadResult } from '../helpers/read-logs.ts';

/** What must come out of bad files, to the word and to the line; a good file beside each is never harmed. */
const GOOD = line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'acme/good', '1.0');
const file = (name: string, content: string | Uint8Array): LogFile => ({
  name,
  bytes: bytesOf(content),
});
const briefly = ({ actions }: ReadResult) =>
  actions.map(({ action, client, name, reference }) => `${action} ${client} ${name} ${reference}`);

async function alone(content: string | Uint8Array, name = 'bad.log') {
  const result = await readLogs([file(name, content)]);
  const { state, problems } = result.files[0]!;
  return { ...result, state, problems };
}

/** The file's report, after a good file beside it was read as if it were alone. */
async function besideGood(bad: LogFile) {
  const result = await readLogs([bad, file('good.log', `${GOOD}\n`)]);
  expect(briefly(result)).toContain('pull_by_tag 192.0.2.1 acme/good 1.0');
  const { state, problems, lines } = result.files.find(({ name }) => name === bad.name)!;
  return {
    state,
    problems,
    lines,
    actions: briefly(result).filter((action) => !action.includes('acme/good')),
  };
}

describe('files that are no logs', () => {
  const DROP = 'Drop the log itself.';
  const error = (name: string, reason: string, remedy: string) => ({
    severity: 'error',
    file: name,
    line: 0,
    reason,
    remedy,
  });
  const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 3) * 29) & 0xff);

  test('an empty file', async () => {
    expect(await besideGood(file('empty.log', ''))).toEqual({
      state: 'read',
      problems: [{ severity: 'note', file: 'empty.log', line: 0, reason: 'empty.log is empty.', remedy: '' }],
      lines: NO_LINES,
      actions: [],
    });
  });

  test.each([
    ['a picture', 'a.png', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 1], 'is a PNG picture', DROP],
    ['bytes of no kind', 'a.bin', [...noise], 'is not text', DROP],
    ['UTF-16', 'a.txt', [0xff, 0xfe, 0x61, 0], 'is text in UTF-16', 'Save it as UTF-8 and drop that.'],
    [
      'lz4',
      'a.lz4',
      [0x04, 0x22, 0x4d, 0x18, 1, 2],
      'is compressed with lz4',
      'Unpack it first: lz4 -d a.lz4',
    ],
  ])('%s', async (_, name, bytes, is, remedy) => {
    expect(await besideGood(file(name, Uint8Array.from(bytes)))).toEqual({
      state: 'failed',
      problems: [error(name, `${name} ${is}.`, remedy)],
      lines: NO_LINES,
      actions: [],
    });
  });

  test('a picture in a gzip', async () => {
    const { state, problems } = await besideGood(file('a.gz', gzipSync(noise)));
    expect(state).toBe('failed');
    expect(problems).toEqual([error('a.gz', 'a.gz holds no text once it is unpacked.', DROP)]);
  });

  test('a log without registry traffic', async () => {
    const blog = '192.0.2.1 - - [01/Sep/2026:00:00:01 +0000] "GET /blog HTTP/1.1" 200 10 "-" "x"\n';
    expect(await besideGood(file('blog.log', blog.repeat(3)))).toEqual({
      state: 'read',
      problems: [
        {
          severity: 'warning',
          file: 'blog.log',
          line: 0,
          reason: 'None of its 3 lines asks a registry (/v2/…) or a hub (/resolve/…) for anything.',
          remedy: 'Is this the log of the registry or hub?',
        },
      ],
      lines: { ...NO_LINES, read: 3, otherPath: 3 },
      actions: [],
    });
  });

  test('text that is no log', async () => {
    const { problems, lines } = await besideGood(file('notes.txt', '\nDear diary\ntoday'));
    expect(problems).toEqual([
      {
        severity: 'error',
        file: 'notes.txt',
        line: 2,
        reason: 'None of its 3 lines is in a format that this page reads.',
        remedy:
          'Drop an access log or the log of a registry, or define the format under “Data”, “Own formats”.',
      },
    ]);
    expect(lines).toEqual({ ...NO_LINES, read: 3, blank: 1, unreadable: 2 });
  });
});

describe('damaged files', () => {
  const lines = Array.from({ length: 5000 }, (_, i) =>
    line('2026-09-01 10:00:00', `198.51.100.${i % 250}`, 'GET', 'a/b', `tag-${(i * 7919) % 5000}`),
  );
  const whole = `${lines.join('\n')}\n`;

  test.each([1, 9, 200, 5000])('a gzip that lacks its last %i bytes keeps what was read', async (missing) => {
    const packed = gzipSync(whole);
    const cut = packed.subarray(0, -missing);
    const there = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    const closed = there.split('\n').length - 1;
    const { actions, problems, state, tally, unreadable } = await alone(cut, 'cut.gz');
    expect(state).toBe('partly');
    expect(problems.map(({ severity, reason }) => [severity, reason])).toEqual([
      ['error', `cut.gz is cut off after ${Math.round(cut.length / 1000)} kB; what was before is counted.`],
    ]);
    // The line that breaks off may still tell all that counts.
    expect(tally.read).toBe(there.endsWith('\n') ? closed : closed + 1);
    expect(tally.counted).toBeGreaterThanOrEqual(closed);
    expect(tally.counted + tally.unreadable + tally.otherRegistry).toBe(tally.read);
    expect(actions.slice(0, closed).map(({ tag }) => tag)).toEqual(
      Array.from({ length: closed }, (_, i) => `tag-${(i * 7919) % 5000}`),
    );
    for (const { line: at } of unreadable) expect(at).toBe(closed + 1);
  });

  test('an error that is told behind the last line says that the file was read in part, a warning does not', async () => {
    for (const [severity, state] of [
      ['error', 'partly'],
      ['warning', 'read'],
      ['note', 'read'],
    ] as const) {
      const { analysis } = await alone(GOOD);
      analysis.addProblem(0, { severity, file: 'bad.log', line: 0, reason: 'It is so.', remedy: '' });
      expect(analysis.report().files[0]!.state).toBe(state);
    }
  });

  test('a gzip without anything behind its header is not read at all', async () => {
    const { problems, state, tally } = await alone(gzipSync(whole).subarray(0, 12), 'cut.gz');
    expect(problems.map(({ reason }) => reason)).toEqual([
      'cut.gz is cut off after 12 bytes; what was before is counted.',
    ]);
    expect(state).toBe('failed');
    expect(tally).toEqual(NO_LINES);
  });

  test('a plain log that is cut off in its last line loses that line at most', async () => {
    const last = line('2026-09-01 10:00:01', '192.0.2.1', 'GET', 'acme/good', '2.0');
    const cutBehind = async (text: string) => {
      const { tally, actions } = await alone(`${GOOD}\n${last.slice(0, last.indexOf(text) + text.length)}`);
      expect(tally.read).toBe(2);
      return { ...tally, read: 0, tags: actions.map(({ tag }) => tag).join(' ') };
    };
    const lost = { ...NO_LINES, counted: 1, unreadable: 1, tags: '1.0' };
    expect(await cutBehind('192.0')).toEqual(lost);
    expect(await cutBehind('01/Sep/2026:10')).toEqual(lost);
    expect(await cutBehind('manifests/2')).toEqual(lost);
    expect(await cutBehind('HTTP/1.1')).toEqual(lost);
    expect(await cutBehind('HTTP/1.1" 20')).toEqual(lost);
    // From the status on nothing is missing that counts.
    const kept = { ...NO_LINES, counted: 2, tags: '1.0 2.0' };
    expect(await cutBehind('HTTP/1.1" 200')).toEqual(kept);
    expect(await cutBehind('"docker')).toEqual(kept);
    expect(await cutBehind(last)).toEqual(kept);
  });

  test('zeros that a crash left behind are unreadable lines', async () => {
    // Of a file that is hardly more than zeros nobody can say that it is a log (file-kind.ts).
    const good = `${GOOD}\n`.repeat(40);
    const zeros = new Array<number>(40).fill(0);
    const { tally, unreadable } = await alone(bytesOf(good, zeros, `\n${good}`, zeros));
    expect(tally).toEqual({ ...NO_LINES, read: 82, counted: 80, unreadable: 2 });
    // 5: binary.
    expect(unreadable).toEqual([
      { file: 'bad.log', line: 41, reason: 5 },
      { file: 'bad.log', line: 82, reason: 5 },
    ]);
  });

  test('unreadable lines are numbered through the file, in any pieces', async () => {
    const text = Array.from({ length: 60 }, (_, i) => (i % 25 === 3 ? `noise ${i}` : GOOD)).join('\r\n');
    for (const how of [{}, { chunk: [300, 1, 77], scanners: 3, seed: 4 }, { gzip: true }]) {
      const { unreadable, files } = await readLogs([file('bad.log', text)], how);
      // 0: of no known format.
      expect(unreadable).toEqual([4, 29, 54].map((at) => ({ file: 'bad.log', line: at, reason: 0 })));
      expect(files[0]!.unreadable.map(({ offset, text }) => [offset, text])).toEqual(
        [3, 28, 53].map((i) => [text.indexOf(`noise ${i}`), `noise ${i}`]),
      );
    }
  });

  test('a line of 5 MB costs itself alone, in any pieces', async () => {
    const text = `${GOOD}\n${'x'.repeat(5_000_000)}\n${GOOD}\n`;
    for (const chunk of [1 << 20, 700_001, 32 << 20]) {
      const { tally, unreadable } = await readLogs([file('long.log', text)], { chunk, scanners: 2 });
      expect(tally).toEqual({ ...NO_LINES, read: 3, counted: 2, unreadable: 1 });
      // 4: too long.
      expect(unreadable).toEqual([{ file: 'long.log', line: 2, reason: 4 }]);
    }
  });
});
