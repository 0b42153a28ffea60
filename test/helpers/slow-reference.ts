/**
 * The counting once more, slow and obvious, written from spec/classification.md (sections 3 to 6) alone: strings, arrays,
 * sorting. What the real implementation is compared with; slow-lines.ts reads the lines.
 */
import { type CountingRules, DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import type { LineTally } from '../../src/model/view.ts';
import { NO_LINES } from './no-lines.ts';
import type { LogFile, ReadAction } from './read-logs.ts';
import { countsForHub, hubDownloadsSlowly } from './slow-hub.ts';
import { onceEach, readLine, type SlowRequest } from './slow-lines.ts';

const isDigest = (reference: string) => /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/.test(reference);
const isSignature = (reference: string) => /^sha256-[0-9a-fA-F]{64}(\.sig|\.att|\.sbom)?$/.test(reference);
const counts = ({ status, hub }: SlowRequest) =>
  hub ? countsForHub(status) : (status >= 200 && status <= 299) || [302, 303, 304, 307].includes(status);
const rank = ({ method, reference, hub }: SlowRequest) =>
  (!hub && isDigest(reference) ? 2 : 0) + (method === 'GET' ? 1 : 0);

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
  if (digest === '' && first.method === 'HEAD' && second)
    digest = isDigest(second.reference) ? second.reference : (second.digest ?? '');
  return {
    time: first.time,
    client: first.client,
    prefix: first.prefix,
    name: first.name,
    repoType: 'image',
    reference: first.reference,
    tag: chain.isTag ? first.reference : '',
    digest,
    method: hasGet ? 'GET' : 'HEAD',
    action: !chain.isTag ? 'pull_by_digest' : hasGet ? 'pull_by_tag' : 'version_check',
    agent: first.agent,
    requests: chain.requests.map(({ file, offset }) => ({ file, offset })),
  };
}

function downloadOf(requests: SlowRequest[]): ReadAction {
  const first = requests[0]!;
  return {
    time: first.time,
    client: first.client,
    prefix: first.prefix,
    name: first.name,
    repoType: first.hub!,
    reference: first.reference,
    tag: '',
    digest: '',
    method: requests.some(({ method }) => method === 'GET') ? 'GET' : 'HEAD',
    action: 'download',
    agent: first.agent,
    requests: requests.map(({ file, offset }) => ({ file, offset })),
  };
}

/** All files, from bytes to actions and what became of every line. */
export function readSlowly(
  files: LogFile[],
  rules: Partial<CountingRules> = {},
  /** What orders files whose first requests are at the same time. */
  fingerprint: (bytes: Uint8Array) => string = (bytes) => Buffer.from(bytes).toString('hex'),
): { actions: ReadAction[]; tally: LineTally } {
  const allRules = { ...DEFAULT_RULES, ...rules };
  const tally: LineTally = { ...NO_LINES };
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
    for (const request of kept) {
      const { status } = request;
      if (!counts(request)) dropped.set(status, (dropped.get(status) ?? 0) + 1);
    }
    const counted = kept.filter(counts);
    const setAside = counted.filter(
      ({ reference, hub }) => !hub && isSignature(reference) && !allRules.countSignatures,
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
  const ofHubs = hubDownloadsSlowly(
    merged.filter(({ hub }) => hub),
    allRules,
  );
  tally.otherFiles = ofHubs.uncounted.length;
  tally.counted -= tally.otherFiles;
  const chains = classifySlowly(
    merged.filter(({ hub }) => !hub),
    allRules,
  );
  const place = new Map(merged.map((request, i) => [`${request.file} ${request.offset}`, i]));
  const placeOf = ({ requests: [first] }: ReadAction) => place.get(`${first!.file} ${first!.offset}`)!;
  const actions = [...chains.map(actionOf), ...ofHubs.downloads.map(downloadOf)];
  return { actions: actions.sort((a, b) => placeOf(a) - placeOf(b)), tally };
}
