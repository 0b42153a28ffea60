/**
 * What looking addresses up costs. Run: npx tsx test/bench/places.ts
 * Addresses are drawn once and looked up several times over; the best of nine rounds is printed, the one least disturbed. Nothing is asserted.
 * IPv6 addresses are drawn near ranges of the table: of those drawn from all, hardly one would be given out.
 */
import { layerPlaces } from '../../src/places/layer-places.ts';
import { Mmdb } from '../../src/places/mmdb.ts';
import { openPlaces, type Places } from '../../src/places/places.ts';
import { readPlacesFile } from '../../src/places/places-file.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { startsOfIpv6, tableBytes } from '../helpers/open-tables.ts';
import { writeMmdb } from '../helpers/write-mmdb.ts';

const COUNT = 1_000_000;
const ROUNDS = 9;
/** Distinct addresses of a busy registry's day. */
const CLIENTS = 20_000;

/** Of the processor, so that other programs on the machine do not count. */
const cpuSeconds = () => process.cpuUsage().user / 1e6;
const print = (text: string) => process.stdout.write(`${text}\n`);

function time<T>(name: string, work: () => T): T {
  const begin = cpuSeconds();
  const result = work();
  print(`${name}: ${((cpuSeconds() - begin) * 1000).toFixed(0)} ms`);
  return result;
}

function rate(name: string, lookUpAll: () => number): void {
  const seconds: number[] = [];
  let sum = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const begin = cpuSeconds();
    sum += lookUpAll();
    seconds.push(cpuSeconds() - begin);
  }
  // The sum keeps the engine from leaving the work out.
  print(`${name}: ${(COUNT / Math.min(...seconds) / 1e6).toFixed(1)} million a second${sum < 0 ? '!' : ''}`);
}

const places = time('places.bin.gz unpacked', () => tableBytes('places'));
const systems = time('systems.bin.gz unpacked', () => tableBytes('systems'));
const small = time('opened without systems', () => openPlaces(places));
const whole = time('opened with systems', () => openPlaces(places, systems));

const random = randomNumbers(1);
const ipv4 = Uint32Array.from({ length: COUNT }, () => Math.floor(random() * 2 ** 32));
const { high, low } = startsOfIpv6(readPlacesFile(places).ipv6);
const near = Array.from({ length: COUNT }, () => Math.floor(random() * high.length));
const ipv6 = [Uint32Array.from(near, (at) => high[at]!), Uint32Array.from(near, (at) => low[at]!)] as const;
const texts = Array.from(ipv4, (word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join('.'));
const text = new TextEncoder().encode(texts.join(' '));
const starts = new Uint32Array(COUNT + 1);
texts.forEach((one, i) => (starts[i + 1] = starts[i]! + one.length + 1));

function measure(name: string, table: Places): void {
  rate(`IPv4 numbers, ${name}`, () => {
    let sum = 0;
    for (let i = 0; i < COUNT; i++) sum += table.findIpv4(ipv4[i]!);
    return sum;
  });
  rate(`IPv6 numbers, ${name}`, () => {
    let sum = 0;
    for (let i = 0; i < COUNT; i++) sum += table.findIpv6(ipv6[0][i]!, ipv6[1][i]!, i, 1);
    return sum;
  });
  rate(`IPv6 numbers, ${CLIENTS} clients again and again, ${name}`, () => {
    let sum = 0;
    for (let i = 0; i < COUNT; i++) sum += table.findIpv6(ipv6[0][i % CLIENTS]!, ipv6[1][i % CLIENTS]!, i, 1);
    return sum;
  });
  rate(`IPv4 as bytes of text, ${name}`, () => {
    let sum = 0;
    for (let i = 0; i < COUNT; i++) sum += table.findBytes(text, starts[i]!, starts[i + 1]! - 1);
    return sum;
  });
}

measure('country, host, type', small);
measure('with systems', whole);
const blocks = Array.from({ length: 4096 }, (_, i) => ({
  address: [i >> 4, (i & 15) << 4, 0, 0],
  length: 12,
  record: { country_code: ['NL', 'BE', 'LU'][i % 3]! },
}));
measure('under a small .mmdb', layerPlaces(small, new Mmdb(writeMmdb(blocks))));
