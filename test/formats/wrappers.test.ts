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
