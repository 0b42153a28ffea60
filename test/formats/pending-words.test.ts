import { expect, test } from 'vitest';
import { readRequests } from '../helpers/read-requests.ts';

/** Every third target stands elsewhere than in the input when it is read; some lines have something around them. */
function line(i: number): string {
  const path = ['/v2/app%2D', '/prefix/v2/app-', '/v2/app-'][i % 3]! + (i % 7);
  const request = `192.0.2.${i % 50} - - [01/Sep/2026:00:00:0${i % 10} +0000] "GET ${path}/manifests/${i % 90} HTTP/1.1" 200 1 "-" "agent ${i % 4}"`;
  return i % 40 === 39 ? `Sep  1 00:00:00 host nginx: ${request}` : request;
}

test.each(['wasm', 'javascript'] as const)(
  '%s: rows have their own words, however many wait',
  async (kernel) => {
    for (const rows of [1, 127, 128, 129, 300]) {
      const text = Array.from({ length: rows }, (_, i) => `${line(i)}\n`).join('');
      const { requests } = await readRequests(text, { kernel });
      expect(requests).toHaveLength(rows);
      requests.forEach(({ client, prefix, name, reference, agent }, i) => {
        expect([client, name, reference, agent]).toEqual([
          `192.0.2.${i % 50}`,
          `app-${i % 7}`,
          `${i % 90}`,
          `agent ${i % 4}`,
        ]);
        expect(prefix).toBe(i % 3 === 1 ? '/prefix' : '');
      });
      expect((await readRequests(text, { kernel, piece: 100 })).requests).toEqual(requests);
    }
  },
);
