import { describe, expect, test } from 'vitest';
import { linesTogether, openScan, type Scanned } from '../helpers/scan-whole.ts';

/** What lines may say that nobody would write, and what must not come of it. One case for each that once went wrong. */
const bytesOf = (text: string) => new TextEncoder().encode(text);
const ACCESS =
  '192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "GET /v2/a/b/manifests/1 HTTP/1.1" 200 506 "-" "x"';
const ECR = `{"eventTime":"2026-11-09T11:00:00Z","eventSource":"ecr.amazonaws.com","eventName":"BatchGetImage","requestParameters":{"repositoryName":"a/b","imageIds":[{"imageTag":"1"},{"imageTag":"2"},{"imageTag":"3"}]}}`;
const json = (more: string) =>
  `{"time":"2026-11-21T03:09:35Z","remote_addr":"192.0.2.7","method":"GET","uri":"/v2/a/b/manifests/1","status":200${more}}`;
const logger = (more: string) =>
  `time="2026-11-21T03:09:35Z" level=info msg="response completed" http.request.method=GET http.request.uri=/v2/a/b/manifests/1 http.response.status=200 ${more}`;

describe.each(['wasm', 'javascript'] as const)('%s', (kernel) => {
  async function scan(text: string, piece?: number): Promise<Scanned> {
    const scanned = (await openScan(kernel))(bytesOf(text), piece);
    expect(linesTogether(scanned)).toBe(scanned.lines.read);
    return scanned;
  }

  test.each([
    ['in one object after the other', ',"metadata":{"tag":"x"},"metadata":{"tag":"y"}'],
    ['around and in an envelope', ',"tag":"x","_source":{"tag":"y"}'],
  ])('tags beside a path are no more requests: %s', async (_, more) => {
    expect((await scan(json(more))).rows).toHaveLength(1);
  });

  test('a record of three images behind words of a console is three requests', async () => {
    const { rows, lines } = await scan(`registry-1  | 11:00 info ${ECR}`);
    expect([rows.length, lines.read]).toEqual([3, 3]);
  });

  test.each([
    ['a request', ACCESS, 5, { read: 5 }],
    ['a record of three images', ECR, 15, { read: 15 }],
    ['another request', ACCESS.replace('manifests', 'blobs'), 0, { read: 5, otherRegistry: 5 }],
    ['no request', 'GET /v2/a/b/manifests/1 ?', 0, { read: 1, unreadable: 1 }],
  ])('a line that was repeated counts as often: %s', async (_, body, count, account) => {
    const { rows, lines } = await scan(`Nov  5 23:59:58 host tag: message repeated 5 times: [ ${body}]`);
    expect(rows).toHaveLength(count);
    expect(lines).toMatchObject(account);
  });

  test('a line is not believed to have been there two billion times', async () => {
    const repeated = `registry-1  | message repeated 2000000000 times: [ ${ACCESS}]`;
    expect((await scan(repeated)).rows).toHaveLength(10_000);
  });

  test('the time of a wrapper is for its own line only', async () => {
    const wrapper = `2026-11-21T03:09:35.1Z stdout F ${ACCESS}`;
    const timeless = logger('').replace(/time="[^"]*"/, 'time=""');
    const { rows, lines } = await scan(`${wrapper}\n${timeless}\n`);
    expect([rows.length, lines.unreadable]).toEqual([1, 1]);
  });

  test.each([
    ['of the year 9999', json('').replace('2026-11-21', '9999-12-31')],
    ['of the year 9999, common', ACCESS.replace('2026', '9999')],
    ['of the year 9999, logged', logger('').replace('2026', '9999')],
    ['of very many seconds', json('').replace(/"2026[^"]*"/, '9'.repeat(30))],
    ['before 1970', json('').replace(/"2026[^"]*"/, '"19691231235959"')],
    ['of day 4294967297', json('').replace(/"2026[^"]*"/, '"Sat, 4294967297 Aug 2026 08:00:01 -0000"')],
  ])('a time that no column holds is none: %s', async (_, line) => {
    const { rows, lines } = await scan(line);
    expect([rows.length, lines.unreadable]).toEqual([0, 1]);
  });

  test('a request that took longer than three years took no time', async () => {
    const rows = async (took: string) => (await scan(logger(`http.response.duration=${took}`))).rows;
    expect(await rows('99999999999999999999h')).toEqual(await rows('0s'));
    expect(await rows('9'.repeat(400) + '.' + '9'.repeat(400) + 's')).toEqual(await rows('0s'));
  });

  test('W3C times need a day and a clock, of their own line', async () => {
    const columns = (names: string) => `#Fields: ${names} c-ip cs-method cs-uri-stem sc-status`;
    const values = '192.0.2.7\tGET\t/v2/a/b/manifests/1\t200';
    const { rows, lines } = await scan(
      `${columns('date time')}\n2026-11-21\t03:09:35\t${values}\n${columns('date date')}\n2026-11-22\t2026-11-22\t${values}\n`,
    );
    expect([rows.length, lines.unreadable]).toEqual([1, 1]);
  });

  test.each([
    ['a stamp of svlogd that is cut off', `@4${'0'.repeat(22)}`, ' x'],
    ['a stream without a name', '{"log":"x\\n","stream":x}', 'o'],
  ])('the next line is no part of a line: %s', async (_, line, next) => {
    const together = await scan(`${line}\n${next}\n`);
    const apart = [await scan(`${line}\n`), await scan(`${next}\n`)].map(
      ({ lines }) => lines.applicationMessage,
    );
    expect(together.lines.applicationMessage).toBe(apart[0]! + apart[1]!);
  });

  test('a line without a newline is not read on into what was there before', async () => {
    const read = await openScan(kernel);
    const cut = `192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "`;
    read(bytesOf(`${cut}GET /v2/a/b/manifests/1 HTTP/1.1" 200 506\n`));
    expect(read(bytesOf(cut)).lines).toEqual((await openScan(kernel))(bytesOf(cut)).lines);
  });

  test('messages of no format overwrite no sample, and have no time', async () => {
    const message = '2026-11-21 03:09:35 [error] upstream timed out';
    const { unreadable, lastTime } = await scan(`${ACCESS}\n${'?\n'.repeat(6)}${`${message}\n`.repeat(3)}`);
    expect(unreadable.map(({ text }) => text)).toEqual(Array.from({ length: 6 }, () => '?'));
    expect(lastTime).toBe(Date.UTC(2026, 10, 21, 3, 9, 35));
  });

  test('the first time is behind a byte order mark as well', async () => {
    const { firstTime, lastTime } = await scan(`\ufeff${json('')}\n`);
    expect([firstTime, lastTime]).toEqual([
      Date.UTC(2026, 10, 21, 3, 9, 35),
      Date.UTC(2026, 10, 21, 3, 9, 35),
    ]);
  });

  test('the last time does not depend on where pieces end', async () => {
    const timeless = '192.0.2.8:1 - "GET /v2/ HTTP/1.1" 200 OK';
    const text = `${ACCESS}\n${ACCESS.replace('manifests', 'blobs').replace(':35', ':36')}\n${timeless}\n`;
    const whole = await scan(text);
    expect(whole.lastTime).toBe(Date.UTC(2026, 10, 21, 3, 9, 35));
    for (const piece of [1, 50, 100, 150, 200]) expect(await scan(text, piece)).toEqual(whole);
  });

  test("colours that Docker's JSON holds are taken off", async () => {
    const line = JSON.stringify({
      log: `\x1b[32m${ACCESS.replace('"GET', '"\x1b[1mGET')}\x1b[0m\n`,
      stream: 'stdout',
    });
    expect((await scan(line.replace(/\x1b/g, '\\u001b'))).rows).toHaveLength(1);
  });
});
