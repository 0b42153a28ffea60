import { expect, it } from 'vitest';
import { readLogs } from '../helpers/read-logs.ts';

const NO_TIME = '192.0.2.7 - - [99/Foo/2026] "GET /v2/a/manifests/1 HTTP/1.1" 200 5 "-" "x"';

it('keeps examples of a reason that comes late', async () => {
  const lines = [...new Array<string>(100).fill('what is this'), ...new Array<string>(9).fill(NO_TIME)];
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
  // Pieces of a file each have examples of their own.
  const { files } = await readLogs([{ name: 'a', bytes }], { chunk: 200 });
  const kept = files[0]!.unreadable.map(({ line, reason }) => [line, reason]);
  const first = Array.from({ length: 20 }, (_, i) => [i + 1, 0]);
  expect(kept).toEqual([...first, [101, 1], [102, 1], [103, 1]]);
  expect(files[0]!.unreadableByReason.slice(0, 2)).toEqual([100, 9]);
});
