import { expect, test } from 'vitest';
import { text } from '../../src/views/text.ts';
import { commonTime } from '../helpers/log-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';

const line = (path: string) =>
  `192.0.2.7 - - [${commonTime(Date.UTC(2026, 8, 1, 10))}] "GET ${path} HTTP/1.1" 200 9 "-" "x"\n`;
const MANIFEST = line('/v2/acme/web/manifests/1.0');
const FILE = line('/acme/model/resolve/main/config.json');

/** What was read is called what it is: requests for manifests, or for files of a hub. */
test.each([
  [MANIFEST, '1 line, 1 manifest request'],
  [FILE, '1 line, 1 file request'],
  [MANIFEST + FILE, '2 lines, 2 manifest or file requests'],
])('%s', async (log, said) => {
  const { analysis } = await readLogs([{ name: 'x', bytes: new TextEncoder().encode(log) }]);
  expect(text.read(analysis.report())).toContain(`Read 1 file: ${said} `);
});
