import { expect, test } from 'vitest';
import { readRequests } from '../helpers/read-requests.ts';

/** Nexus writes user agents as they are sent, quotes and backslashes too, and the thread behind them. */
test.each([
  'docker/24.0.7',
  'curl/8 "quoted" word',
  '"all of it"',
  'ends with "quotes"',
  'ends with a backslash \\',
  'a bracket [x] and "y" [z]',
  '',
])('%j', async (agent) => {
  const line = `192.0.2.111 - reader [10/Jul/2026:09:14:41 +0200] "GET /repository/hosted/v2/acme/web/manifests/3 HTTP/1.1" 200 - 856 50 "${agent}" [qtp1199213870-60]`;
  for (const kernel of ['wasm', 'javascript'] as const) {
    const { requests } = await readRequests(`${line}\n`, { kernel });
    expect(requests.map((request) => [request.agent, request.name])).toEqual([[agent, 'acme/web']]);
  }
});
