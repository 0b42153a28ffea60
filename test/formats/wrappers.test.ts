import { describe, expect, test } from 'vitest';
import { LOG_FORMATS } from '../../src/formats/index.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import { WRAPPERS, wrapperTime } from '../fixtures/logs/wrappers.ts';
import { readRequests } from '../helpers/read-requests.ts';

/** Every wrapper around every format: the same requests as without it. */
const options = defaultOptions(Date.UTC(2026, 11, 31));
const facts = ({ requests }: Awaited<ReturnType<typeof readRequests>>) =>
  requests.map(({ offset, ...request }) => request);

describe.each(WRAPPERS.map((wrapper) => [wrapper.id, wrapper] as const))('%s', (_, wrapper) => {
  test.each(
    LOG_FORMATS.filter(({ samples }) => samples.length > 0).map((format) => [format.id, format] as const),
  )('around %s', async (_, { samples }) => {
    const plain = await readRequests(samples.join('\n') + '\n', { options });
    const wrapped = await readRequests(wrapper.wrap(samples), { options });
    // A time without a zone in the line stays what it is; the wrapper's is for lines that have none.
    expect(facts(wrapped)).toEqual(facts(plain));
    expect(wrapped.segment.lines.unreadable).toBe(0);
  });

  test('gives its time to lines that have none', async () => {
    const bare =
      '192.0.2.7 - "GET /v2/acme/web/manifests/1.0 HTTP/1.1" 200 506 "-" "docker/24.0.7" 0.857 0.857 .';
    const { requests, segment } = await readRequests(wrapper.wrap([bare, bare]), { options });
    if (wrapper.resolution === null) {
      expect(requests).toEqual([]);
      expect(segment.lines.unreadable).toBe(2);
      return;
    }
    const exact = (time: number) => Math.floor(time / wrapper.resolution!) * wrapper.resolution!;
    expect(requests.map(({ time }) => time)).toEqual(
      wrapper.id.includes('repeated')
        ? requests.map(() => exact(wrapperTime(0)))
        : [0, 1].map((i) => exact(wrapperTime(i))),
    );
  });
});

test('no described format begins like a line of syslog, which is not tried as one', () => {
  for (const pattern of LOG_FORMATS.flatMap(({ patterns = [] }) => patterns))
    expect(pattern).toMatch(/^!?(\{client!\} |\{\} \{time\} |\{time\} (?!\{time\} \{time\})|\{time\}\||\[)/);
});

test('records of shippers hold whole lines without their newlines', async () => {
  const line = (reference: string) =>
    `192.0.2.7 - - [01/Sep/2026:10:00:00 +0000] "GET /v2/acme/web/manifests/${reference} HTTP/1.1" 200 9 "-" "docker/27"`;
  const records = [
    { time: '2026-09-01T10:00:00.1Z', stream: 'stdout', logtag: 'F', log: line('1') },
    {
      log: line('2'),
      stream: 'stderr',
      time: '2026-09-01T10:00:00.1Z',
      kubernetes: { pod_name: 'registry-0' },
    },
    { time: '2026-09-01T10:00:00.1Z', stream: 'stdout', _p: 'F', log: line('3') },
    // An escaped backslash and a letter, no newline.
    { log: `${line('4')} C:\\n`, stream: 'stdout', time: '2026-09-01T10:00:00.1Z' },
    { log: `${line('5')}\n`, stream: 'stdout', time: '2026-09-01T10:00:00.1Z' },
  ];
  const { requests } = await readRequests(records.map((record) => `${JSON.stringify(record)}\n`).join(''), {
    options,
  });
  expect(requests.map(({ reference }) => reference)).toEqual(['1', '2', '3', '4', '5']);
});

describe('a line in pieces', () => {
  const line = (reference: string) =>
    `192.0.2.7 - - [01/Sep/2026:10:00:00 +0000] "GET /v2/acme/web/manifests/${reference} HTTP/1.1" 200 9 "-" "docker/27"`;
  const time = '2026-09-01T10:00:00.1Z';
  const journal = (text: string, more: object = {}, container = 'registry') => ({
    __REALTIME_TIMESTAMP: '1788256800100000',
    PRIORITY: '6',
    CONTAINER_NAME: container,
    ...more,
    MESSAGE: text,
  });
  const part = { CONTAINER_PARTIAL_MESSAGE: 'true' };
  async function referencesOf(records: object[]) {
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    const { requests, segment } = await readRequests(text, { options });
    expect(segment.lines.read).toBe(records.length);
    return requests.map(({ client, reference }) => `${client} ${reference}`);
  }

  test('of the journal, as Docker and Podman write it', async () => {
    const docker = (last: string, ordinal: number) => ({
      CONTAINER_PARTIAL_ID: '5d2a',
      CONTAINER_PARTIAL_ORDINAL: String(ordinal),
      CONTAINER_PARTIAL_LAST: last,
    });
    expect(
      await referencesOf([
        journal(line('1').slice(0, 60), { ...docker('false', 1), ...part }),
        journal(line('1').slice(60, 90), { ...docker('false', 2), ...part }),
        journal(line('1').slice(90), docker('true', 3)),
        // Podman says nothing of the last.
        journal(line('2').slice(0, 60), part),
        journal(line('2').slice(60)),
        journal(line('3')),
      ]),
    ).toEqual(['192.0.2.7 1', '192.0.2.7 2', '192.0.2.7 3']);
  });

  test('of another container or stream is another line', async () => {
    expect(
      await referencesOf([
        journal(line('1').slice(0, 60), part),
        { ...journal(line('2')), PRIORITY: '3' },
        { ...journal('a login'), CONTAINER_NAME: undefined },
        journal(line('1').slice(60)),
        journal(line('4').slice(0, 60), part),
        journal(line('5'), {}, 'mirror'),
      ]),
    ).toEqual(['192.0.2.7 2', '192.0.2.7 1', '192.0.2.7 5']);
  });

  test.each(['log', 'message'])('of CRI, as shippers keep it under %s', async (key) => {
    const record = (text: string, logtag: string, pod = 'registry-0') => ({
      time,
      stream: 'stdout',
      logtag,
      [key]: text,
      kubernetes: { pod_name: pod },
    });
    expect(
      await referencesOf([
        record(line('1').slice(0, 60), 'P'),
        record(line('1').slice(60, 61), 'P'),
        record(line('1').slice(61), 'F'),
        record(line('2').slice(0, 60), 'P'),
        record(line('3'), 'F', 'registry-1'),
        // As long as a piece of Docker's, and whole.
        record(line('4').replace('docker', 'd'.repeat(16_384)), 'F'),
        record(line('5'), 'F'),
      ]),
    ).toEqual(['192.0.2.7 1', '192.0.2.7 3', '192.0.2.7 4', '192.0.2.7 5']);
  });

  test("of Docker's fluentd driver, which says true of the last one, too", async () => {
    const record = (text: string, last: string) => ({
      container_name: '/registry',
      source: 'stdout',
      log: text,
      partial_message: 'true',
      partial_id: '5d2a',
      partial_last: last,
    });
    expect(
      await referencesOf([
        record(line('1').slice(0, 60), 'false'),
        record(line('1').slice(60), 'true'),
        { container_name: '/registry', source: 'stdout', log: line('2') },
      ]),
    ).toEqual(['192.0.2.7 1', '192.0.2.7 2']);
  });

  test.each([',', ', '])(
    'text that is not clean stands in the journal as numbers, with "%s" between',
    async (gap) => {
      const bytes = [...new TextEncoder().encode(`\x1b[33m${line('1')}\x1b[0m`)].join(gap);
      const text = `{"MESSAGE":[${gap.slice(1)}${bytes}],"__REALTIME_TIMESTAMP":"1788256800100000"}\n`;
      const { requests } = await readRequests(text, { options });
      expect(requests.map(({ client, reference, agent }) => [client, reference, agent])).toEqual([
        ['192.0.2.7', '1', 'docker/27'],
      ]);
    },
  );
});
