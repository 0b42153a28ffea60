/**
 * How long a change of span or filter takes on ten million actions. Prints milliseconds; run: npx tsx test/bench/filter.ts
 * The traffic is made, not read: 13 million requests of 50,000 addresses for 1,200 repositories over 92 days.
 */
import { WordTable } from '../../src/lib/word-table.ts';
import { dashboardView } from '../../src/aggregates/dashboard.ts';
import {
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
  PAGE_MASK,
  RequestTable,
} from '../../src/model/request-table.ts';
import { FLAG_DIGEST } from '../../src/model/segment.ts';
import type { Traffic } from '../../src/model/traffic.ts';
import { randomNumbers } from '../helpers/log-lines.ts';

const span = { first: 20666, last: 20666 + 91 };
const t = makeTraffic(13_000_000) as Traffic;
import { indexActions } from '../../src/aggregates/action-index.ts';
import { NO_FILTER } from '../../src/model/filter.ts';
let cc = process.cpuUsage();
const ix = indexActions(t);
console.log('index', process.cpuUsage(cc).user / 1000, ix.groups);
for (let i = 0; i < 6; i++) {
  const b = performance.now(),
    c = process.cpuUsage();
  const v = dashboardView(t, ix, span, NO_FILTER);
  console.log((performance.now() - b).toFixed(0), process.cpuUsage(c).user / 1000, v.figures.pulls);
}
function makeTraffic(length: number): Partial<Traffic> {
  const random = randomNumbers(7);
  const table = new RequestTable();
  const words = (count: number, text: (i: number) => string) => {
    const w = new WordTable();
    for (let i = 0; i < count; i++) w.internText(text(i));
    return w;
  };
  const repositories = words(1200, (i) => `\0team${i % 40}/thing-${i}`);
  const names = words(1200, (i) => `team${i % 40}/thing-${i}`);
  const clients = words(50_000, (i) => `192.0.${i >> 8}.${i & 255}`);
  const references = words(5000, (i) => (i % 3 ? `1.${i}` : `sha256:${String(i).padStart(64, '0')}`));
  const agents = words(2000, (i) => `docker/2${i % 9}.${i}.1 go/go1.22`);
  const zipf = (n: number) => Math.min(n - 1, Math.floor(n * random() ** 3));
  const order = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    const page = table.pageFor(row);
    const at = row & PAGE_MASK;
    order[row] = row;
    page.seconds[at] = 20666 * 86400 + Math.floor((row / length) * 92 * 86400);
    page.client[at] = zipf(50_000);
    page.repository[at] = (page.client[at]! * 7 + zipf(30)) % 1200;
    page.reference[at] = zipf(5000);
    page.agent[at] = page.client[at]! % 2000;
    const folded = random() < 3 / 13;
    const isDigest = page.reference[at]! % 3 === 0;
    page.flags[at] = isDigest ? FLAG_DIGEST : 0;
    page.action[at] = folded
      ? ACTION_NONE
      : isDigest
        ? ACTION_PULL_BY_DIGEST
        : random() < 0.5
          ? ACTION_PULL_BY_TAG
          : ACTION_VERSION_CHECK;
    table.length++;
  }
  return {
    table,
    order,
    length,
    clients,
    repositories,
    nameOf: Uint32Array.from({ length: 1200 }, (_, i) => i),
    names,
    references,
    agents,
    coverage: { days: span, of: () => 2 },
  };
}
