/**
 * The counting once more, slow and obvious, written from spec/classification.md alone: strings, regular expressions,
 * arrays. What the real implementation is compared with.
 */
import { type CountingRules, DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import type { LogFile, ReadAction } from './read-logs.ts';

export interface SlowRequest {
  file: string;
  offset: number;
  time: number;
  client: string;
  prefix: string;
  name: string;
  method: 'HEAD' | 'GET';
  reference: string;
  digest?: string;
  agent: string;
  status: number;
  /** For requests that are logged twice. */
  isLogger: boolean;
  written: number;
  start: number;
}

export interface SlowTally {
  read: number;
  counted: number;
  dropped: [number, number][];
  setAside: number;
  loggedTwice: number;
  otherRegistry: number;
  otherPath: number;
  applicationMessage: number;
  blank: number;
  unreadable: number;
}

const isDigest = (reference: string) => /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/.test(reference);
const isSignature = (reference: string) => /^sha256-[0-9a-fA-F]{64}(\.sig|\.att|\.sbom)?$/.test(reference);
const counts = (status: number) => (status >= 200 && status <= 299) || [302, 303, 304, 307].includes(status);
const rank = ({ method, reference }: SlowRequest) =>
  (isDigest(reference) ? 2 : 0) + (method === 'GET' ? 1 : 0);

type Fate = 'otherRegistry' | 'otherPath' | 'applicationMessage' | 'blank' | 'unreadable';

function unescapeAgent(agent: string): string {
  const escape = /\\(?:[\\"'/abfnrtv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/g;
  if (agent.replace(escape, '').includes('\\')) return agent;
  const letters: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return agent.replace(escape, (found) => {
    if ('xuU'.includes(found[1]!)) return String.fromCodePoint(parseInt(found.slice(2), 16));
    return letters[found[1]!] ?? found[1]!;
  });
}

function address(text: string): string | null {
  let bare = text.trim();
  const bracket = /^\[([^\]]*)\]/.exec(bare);
  if (bracket) bare = bracket[1]!;
  else if (/^[^:]*:\d*$/.test(bare)) bare = bare.slice(0, bare.indexOf(':'));
  bare = bare.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(bare))
    return bare.split('.').every((part) => Number(part) < 256) ? bare : null;
  try {
    return bare.includes(':') && new URL(`http://[${bare}]/`) ? bare.toLowerCase() : null;
  } catch {
    return null;
  }
}

function target(text: string): { kind: 'manifest'; prefix: string; name: string; reference: string } | Fate {
  let path = text.replace(/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  path = path.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    new TextDecoder().decode(Uint8Array.from(run.split('%').slice(1), (hex) => parseInt(hex, 16))),
  );
  const match = /^(.*?)(?:^|\/)v2\/(.+)\/manifests\/([^/]+)$/s.exec(path);
  if (match) return { kind: 'manifest', prefix: match[1]!, name: match[2]!, reference: match[3]! };
  if (/(^|\/)v2\//.test(path) || /\/v2$/.test(path) || /\/(token|auth)$/.test(path)) return 'otherRegistry';
  return 'otherPath';
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

function commonTime(text: string): number | null {
  const match = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text);
  if (!match || MONTHS.indexOf(match[2]!) % 3 !== 0) return null;
  const month = MONTHS.indexOf(match[2]!) / 3 + 1;
  const zone = `${match[7]}${match[8]}:${match[9]}`;
  const iso = `${match[3]}-${String(month).padStart(2, '0')}-${match[1]}T${match[4]}:${match[5]}:${match[6]}${zone}`;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? null : time;
}

function isoTime(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return null;
  return Date.parse(`${match[1]}.${(match[2] ?? '').padEnd(3, '0').slice(0, 3)}${match[3]}`);
}

function seconds(duration: string): number {
  const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, µs: 1e-6, us: 1e-6, ns: 1e-9 };
  return [...duration.matchAll(/([\d.]+)(h|ms|µs|us|ns|m|s)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * units[unit!]!,
    0,
  );
}

/** One line, without its line end. */
function readLine(line: string, file: string, offset: number): SlowRequest | Fate {
  line = line.replace(/\r$/, '').replace(/^\ufeff/, '');
  if (/^[ \t]*$/.test(line)) return 'blank';
  const common = /^(\S+) .*?\[([^\]"]*)\] +"((?:[^"\\]|\\.)*)"(.*)$/s.exec(line);
  if (line.startsWith('{')) return readLogger(jsonPairs(line), file, offset);
  if (line.startsWith('time=')) return readLogger(logfmtPairs(line), file, offset);
  if (!common || common[2]!.length !== 26) return 'unreadable';
  const [, peer, time, request, rest] = common as unknown as [string, string, string, string, string];
  const [, method, uri] = /^([A-Z]+) ([^ ]*)/.exec(request) ?? [];
  if (method === undefined) return 'otherPath';
  const found = target(unescapeAgent(uri!));
  if (typeof found === 'string') return found;
  if (method !== 'HEAD' && method !== 'GET') return 'otherRegistry';
  const when = commonTime(time);
  const tail = /^ +(\d{3})(?: (\d+|-))?(?:.*?"((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"(?: "([^"]*)")?)?/s.exec(
    rest,
  );
  if (when === null || !tail) return 'unreadable';
  const list = (tail[5] ?? '')
    .split(',')
    .map(address)
    .find((each) => each !== null);
  const agent = tail[4] === undefined || tail[4] === '-' ? '' : tail[4];
  return {
    file,
    offset,
    time: when,
    client: list ?? address(peer) ?? 'unknown',
    prefix: found.prefix,
    name: found.name,
    method,
    reference: found.reference,
    agent: unescapeAgent(agent),
    status: Number(tail[1]),
    isLogger: false,
    written: Number(tail[2] ?? 0) || 0,
    start: when / 1000,
  };
}

function jsonPairs(line: string): Map<string, string> | null {
  try {
    return new Map(Object.entries(JSON.parse(line) as object).map(([key, value]) => [key, String(value)]));
  } catch {
    return null;
  }
}

function logfmtPairs(line: string): Map<string, string> {
  const pair = /([\w.@-]+)=(?:"((?:[^"\\]|\\.)*)"(?= [\w.@-]+=| ?$)|([^ ]*))(?: |$)/gs;
  return new Map([...line.matchAll(pair)].map(([, key, quoted, bare]) => [key!, quoted ?? bare ?? '']));
}

function readLogger(pairs: Map<string, string> | null, file: string, offset: number): SlowRequest | Fate {
  const message = pairs?.get('msg') ?? pairs?.get('message');
  if (!pairs || message === undefined) return 'unreadable';
  if (!['response completed', 'response completed with error', 'response'].includes(message)) {
    return pairs.has('level') ? 'applicationMessage' : 'unreadable';
  }
  const found = target(pairs.get('http.request.uri')!);
  if (typeof found === 'string') return found;
  const method = pairs.get('http.request.method')!;
  if (method !== 'HEAD' && method !== 'GET') return 'otherRegistry';
  const time = isoTime(pairs.get('time') ?? pairs.get('@timestamp') ?? '');
  if (time === null) return 'unreadable';
  return {
    file,
    offset,
    time,
    client: address(pairs.get('http.request.remoteaddr') ?? '') ?? 'unknown',
    prefix: found.prefix,
    name: found.name,
    method,
    reference: found.reference,
    agent: unescapeAgent(pairs.get('http.request.useragent') ?? ''),
    status: Number(pairs.get('http.response.status')),
    isLogger: true,
    written: Number(pairs.get('http.response.written') ?? 0),
    start: Math.floor(time / 1000 - seconds(pairs.get('http.response.duration') ?? '')),
  };
}

/** Requests of one file in file order, each that is logged twice once. */
function onceEach(requests: SlowRequest[]): { kept: SlowRequest[]; twice: number } {
  const removed = new Set<SlowRequest>();
  const matched = new Set<SlowRequest>();
  requests.forEach((request, i) => {
    const partner = requests
      .slice(Math.max(0, i - 4095), i)
      .find(
        (other) =>
          !matched.has(other) &&
          other.isLogger !== request.isLogger &&
          other.method === request.method &&
          other.prefix === request.prefix &&
          other.name === request.name &&
          other.reference === request.reference &&
          other.status === request.status &&
          other.written === request.written &&
          other.agent === request.agent &&
          Math.abs(other.start - request.start) <= 1,
      );
    if (!partner) return;
    matched.add(partner).add(request);
    removed.add(request.isLogger ? partner : request);
  });
  return { kept: requests.filter((request) => !removed.has(request)), twice: removed.size };
}

interface Chain {
  group: string;
  isTag: boolean;
  stage: 'HEAD' | 'GET1' | 'closed';
  digest: string | undefined;
  requests: SlowRequest[];
}

/** Folds requests that are in the order of time. */
export function classifySlowly(requests: SlowRequest[], rules: CountingRules = DEFAULT_RULES): Chain[] {
  const chains: Chain[] = [];
  for (const request of requests) {
    if (isSignature(request.reference) && !rules.countSignatures) continue;
    const group = JSON.stringify([
      request.client,
      request.prefix,
      request.name,
      rules.separateByAgent ? request.agent : '',
    ]);
    const last = (chain: Chain) => chain.requests.at(-1)!.time;
    const live = chains.filter(
      (chain) =>
        chain.group === group &&
        chain.stage !== 'closed' &&
        request.client !== 'unknown' &&
        request.time - last(chain) <= rules.window,
    );
    const { reference, method } = request;
    /** Known equal digest before unknown; same user agent; latest last request; opened last. */
    const choose = (fitting: Chain[], digest: string | undefined) => {
      const score = (chain: Chain) => [
        chain.digest !== undefined && chain.digest === digest ? 2 : chain.digest === undefined ? 1 : 0,
        chain.requests[0]!.agent === request.agent ? 1 : 0,
        last(chain),
        chains.indexOf(chain),
      ];
      return fitting.sort((a, b) => {
        const [x, y] = [score(a), score(b)];
        for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return y[i]! - x[i]!;
        return 0;
      })[0];
    };
    if (method === 'GET' && !isDigest(reference)) {
      const chain = choose(
        live.filter(
          (each) => each.isTag && each.stage === 'HEAD' && each.requests[0]!.reference === reference,
        ),
        request.digest,
      );
      if (chain) {
        chain.stage = 'GET1';
        chain.requests.push(request);
        continue;
      }
    } else if (method === 'GET') {
      const first = choose(
        live.filter(
          (each) =>
            each.stage === 'HEAD' && (each.digest === reference || (each.isTag && each.digest === undefined)),
        ),
        reference,
      );
      if (first) {
        first.stage = 'GET1';
        first.digest = reference;
        first.requests.push(request);
        continue;
      }
      // (b): the digest is unknown or another, so no digest is preferred.
      const best = chooseLater(live, reference, rules, request, chains);
      if (best) {
        if (!rules.foldFurther) best.stage = 'closed';
        best.requests.push(request);
        continue;
      }
    }
    chains.push({
      group,
      isTag: !isDigest(reference),
      stage: method === 'GET' ? 'GET1' : 'HEAD',
      digest: isDigest(reference) ? reference : request.digest,
      requests: [request],
    });
  }
  return chains;
}

function chooseLater(
  live: Chain[],
  reference: string,
  rules: CountingRules,
  request: SlowRequest,
  chains: Chain[],
): Chain | undefined {
  return live
    .filter((each) => each.stage === 'GET1' && each.digest !== reference)
    .filter((each) => !(rules.foldFurther && each.requests.some((one) => one.reference === reference)))
    .sort(
      (a, b) =>
        Number(b.requests[0]!.agent === request.agent) - Number(a.requests[0]!.agent === request.agent) ||
        b.requests.at(-1)!.time - a.requests.at(-1)!.time ||
        chains.indexOf(b) - chains.indexOf(a),
    )[0];
}

function actionOf(chain: Chain): ReadAction {
  const first = chain.requests[0]!;
  const hasGet = chain.requests.some(({ method }) => method === 'GET');
  const second = chain.requests[1];
  let digest = isDigest(first.reference) ? first.reference : (first.digest ?? '');
  if (digest === '' && first.method === 'HEAD' && second && isDigest(second.reference))
    digest = second.reference;
  return {
    time: first.time,
    client: first.client,
    prefix: first.prefix,
    name: first.name,
    reference: first.reference,
    tag: chain.isTag ? first.reference : '',
    digest,
    method: hasGet ? 'GET' : 'HEAD',
    action: !chain.isTag ? 'pull_by_digest' : hasGet ? 'pull_by_tag' : 'version_check',
    agent: first.agent,
    requests: chain.requests.map(({ file, offset }) => ({ file, offset })),
  };
}

/** All files, from bytes to actions and what became of every line. */
export function readSlowly(
  files: LogFile[],
  rules: Partial<CountingRules> = {},
  /** What orders files whose first requests are at the same time. */
  fingerprint: (bytes: Uint8Array) => string = (bytes) => Buffer.from(bytes).toString('hex'),
): { actions: ReadAction[]; tally: SlowTally } {
  const allRules = { ...DEFAULT_RULES, ...rules };
  const tally: SlowTally = {
    read: 0,
    counted: 0,
    dropped: [],
    setAside: 0,
    loggedTwice: 0,
    otherRegistry: 0,
    otherPath: 0,
    applicationMessage: 0,
    blank: 0,
    unreadable: 0,
  };
  const dropped = new Map<number, number>();
  const streams = files.map(({ name, bytes }) => {
    const requests: SlowRequest[] = [];
    const buffer = Buffer.from(bytes);
    for (let offset = 0; offset < buffer.length;) {
      const newline = buffer.indexOf(10, offset);
      const end = newline < 0 ? buffer.length : newline;
      const fate = readLine(buffer.toString('utf8', offset, end), name, offset);
      tally.read++;
      if (typeof fate === 'string') tally[fate]++;
      else requests.push(fate);
      offset = end + 1;
    }
    const { kept, twice } = onceEach(requests);
    tally.loggedTwice += twice;
    for (const { status } of kept) if (!counts(status)) dropped.set(status, (dropped.get(status) ?? 0) + 1);
    const counted = kept.filter(({ status }) => counts(status));
    const setAside = counted.filter(
      ({ reference }) => isSignature(reference) && !allRules.countSignatures,
    ).length;
    tally.setAside += setAside;
    tally.counted += counted.length - setAside;
    return {
      requests: counted.sort((a, b) => a.time - b.time),
      fingerprint: fingerprint(bytes),
      first: Math.min(...counted.map(({ time }) => time)),
    };
  });
  tally.dropped = [...dropped].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const merged: SlowRequest[] = [];
  for (;;) {
    const heads = streams.filter(({ requests }) => requests.length > 0);
    if (heads.length === 0) break;
    heads.sort(
      (a, b) =>
        a.requests[0]!.time - b.requests[0]!.time ||
        rank(a.requests[0]!) - rank(b.requests[0]!) ||
        a.first - b.first ||
        (a.fingerprint < b.fingerprint ? -1 : 1),
    );
    merged.push(heads[0]!.requests.shift()!);
  }
  return { actions: classifySlowly(merged, allRules).map(actionOf), tally };
}
