/**
 * Files of hubs once more, slow and obvious, written from spec/classification.md (section 7) alone. In: a path, requests.
 * Out: what the path asks for, and the downloads.
 */
import { type CountingRules, DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import type { SlowRequest } from './slow-lines.ts';

export type HubType = 'model' | 'dataset' | 'space';

export interface HubFile {
  kind: 'hub';
  hub: HubType;
  prefix: string;
  name: string;
  reference: string;
}

/** `raw`: not yet decoded, without scheme, host and query. */
export function hubFile(raw: string, decode: (text: string) => string): HubFile | null {
  const parts = raw.split('/');
  const at = parts.findIndex(
    (part, i) => i > 0 && part === 'resolve' && parts[i - 1] !== '' && i < parts.length - 1,
  );
  if (at < 0) return null;
  const before = parts.slice(0, at).map(decode);
  let rest = parts.slice(at + 1).map(decode);
  if (rest[0] === 'refs' && rest.length > 3) rest = [rest.slice(0, 3).join('/'), ...rest.slice(3)];
  const [revision, ...path] = rest;
  if (!revision || revision.includes(':') || path.join('/') === '') return null;
  if (before[1] === 'api' && !before[2]?.startsWith('hugg')) return null;
  const names = before.slice(-2).filter((part) => part !== '');
  let outer = before.slice(0, before.length - names.length);
  let hub: HubType = 'model';
  const typeOf = (part: string | undefined) =>
    part === 'datasets' ? 'dataset' : part === 'spaces' ? 'space' : undefined;
  const own = names.length === 2 ? typeOf(names[0]) : undefined;
  if (own) {
    hub = own;
    names.shift();
  } else if (names.length === 2 && typeOf(outer.at(-1))) {
    hub = typeOf(outer.at(-1))!;
    outer = outer.slice(0, -1);
  }
  if (/\/api(\/models)?$/.test(outer.join('/'))) return null;
  return {
    kind: 'hub',
    hub,
    prefix: outer.join('/'),
    name: names.join('/'),
    reference: `${revision}:${path.join('/')}`,
  };
}

export const countsForHub = (status: number) => [200, 206, 302, 304, 307].includes(status);

const COUNTED = ['config.json', 'config.yaml', 'hyperparams.yaml', 'params.json', 'meta.yaml'];

/** Requests of one download each, and those that are part of none; requests in the order of time. */
export function hubDownloadsSlowly(
  requests: SlowRequest[],
  rules: CountingRules = DEFAULT_RULES,
): { downloads: SlowRequest[][]; uncounted: SlowRequest[] } {
  const downloads: SlowRequest[][] = [];
  const uncounted: SlowRequest[] = [];
  for (const request of requests) {
    const path = request.reference.slice(request.reference.indexOf(':') + 1);
    const isFile = COUNTED.includes(path) || path.split('/').at(-1)!.slice(1).endsWith('.gguf');
    if ((request.hub === 'model' && !isFile) || (request.method === 'HEAD' && !rules.countHubHeads)) {
      uncounted.push(request);
      continue;
    }
    const same = downloads.findLast(
      ([first]) =>
        request.hub !== 'model' &&
        request.client !== 'unknown' &&
        first!.hub === request.hub &&
        first!.client === request.client &&
        first!.prefix === request.prefix &&
        first!.name === request.name &&
        (!rules.separateByAgent || first!.agent === request.agent) &&
        request.time - first!.time < 300_000,
    );
    if (same) same.push(request);
    else downloads.push([request]);
  }
  return { downloads, uncounted };
}
