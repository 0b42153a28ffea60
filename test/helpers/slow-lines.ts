/**
 * The lines of logs once more, slow and obvious, written from spec/classification.md (section 2) and spec/log-formats.md:
 * regular expressions and strings. In: a line. Out: a manifest request, or what else the line is.
 */
import { type HubFile, hubFile, type HubType } from './slow-hub.ts';

export interface SlowRequest {
  /** Of a file of a hub. */
  hub?: HubType | undefined;
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

export type Fate = 'otherRegistry' | 'otherPath' | 'applicationMessage' | 'blank' | 'unreadable';

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

function target(
  text: string,
): { kind: 'manifest'; hub?: undefined; prefix: string; name: string; reference: string } | HubFile | Fate {
  let path = text.replace(/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  const raw = path;
  const decode = (part: string) =>
    part.replace(/(?:%(?!00)[0-9a-fA-F]{2})+/g, (run) =>
      new TextDecoder().decode(Uint8Array.from(run.split('%').slice(1), (hex) => parseInt(hex, 16))),
    );
  path = decode(path);
  const match = /^(.*?)(?:^|\/)v2\/(.+)\/manifests\/([^/]+)$/s.exec(path);
  if (match) return { kind: 'manifest', prefix: match[1]!, name: match[2]!, reference: match[3]! };
  const file = hubFile(raw, decode);
  const v2 = path.search(/(^|\/)v2(\/|$)/);
  if (file && (v2 < 0 || path.indexOf('/resolve/') < v2)) return file;
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
export function readLine(line: string, file: string, offset: number): SlowRequest | Fate {
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
  if (method !== 'HEAD' && method !== 'GET') return found.hub ? 'otherPath' : 'otherRegistry';
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
    hub: found.hub,
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
  if (method !== 'HEAD' && method !== 'GET') return found.hub ? 'otherPath' : 'otherRegistry';
  const time = isoTime(pairs.get('time') ?? pairs.get('@timestamp') ?? '');
  if (time === null) return 'unreadable';
  return {
    file,
    offset,
    time,
    client: address(pairs.get('http.request.remoteaddr') ?? '') ?? 'unknown',
    hub: found.hub,
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
export function onceEach(requests: SlowRequest[]): { kept: SlowRequest[]; twice: number } {
  const removed = new Set<SlowRequest>();
  const matched = new Set<SlowRequest>();
  /** Logger lines with an access line, and its client; those that another hop's line was found of. */
  const beside = new Map<SlowRequest, string>();
  const full = new Set<SlowRequest>();
  let isProxied = false;
  requests.forEach((request, i) => {
    const last = requests.slice(Math.max(0, i - 4095), i);
    const isSame = (other: SlowRequest) =>
      other.isLogger !== request.isLogger &&
      other.method === request.method &&
      other.prefix === request.prefix &&
      other.name === request.name &&
      other.reference === request.reference &&
      other.status === request.status &&
      other.agent === request.agent &&
      Math.abs(other.start - request.start) <= 1;
    const partner = last.find(
      (other) =>
        !matched.has(other) &&
        isSame(other) &&
        (request.method === 'HEAD' || other.written === request.written),
    );
    if (partner) {
      matched.add(partner).add(request);
      const [logger, access] = request.isLogger ? [request, partner] : [partner, request];
      beside.set(logger, access.client);
      removed.add(access);
      return;
    }
    // The one first whose access line was found first.
    const third = [...beside].find(
      ([logger, client]) =>
        !full.has(logger) &&
        last.includes(logger) &&
        isSame(logger) &&
        request.client !== client &&
        (isProxied || request.client === logger.client),
    )?.[0];
    if (!third) return;
    isProxied = true;
    full.add(third);
    matched.add(request);
    removed.add(request);
  });
  return { kept: requests.filter((request) => !removed.has(request)), twice: removed.size };
}
