/**
 * pullscope.json: what a host lists for its page. In: its text, and its address. Out: addresses of files on the same
 * origin, a title, what is shown at first, and a sentence for everything in it that is not used. Limits: rules are those
 * of the switches on the page.
 */
import { type CountingRules, DEFAULT_RULES } from '../../model/counting-rules.ts';
import { type Look, readAddress } from '../address.ts';
import type { Range } from '../range.ts';

export interface ListedFile {
  name: string;
  address: string;
}

export interface HostList {
  title: string;
  files: ListedFile[];
  /** null: all time. */
  range: Range | null;
  look: Partial<Look>;
  rules: Partial<CountingRules>;
  problems: string[];
}

const SWITCHES = [
  'foldFurther',
  'separateByAgent',
  'countSignatures',
  'countInnerHops',
  'countHubHeads',
] as const satisfies (keyof CountingRules)[];
const LONGEST_WINDOW = 3600;

/** source: the address of pullscope.json itself. */
export function readHostList(text: string, source: string): HostList {
  const list: HostList = { title: '', files: [], range: null, look: {}, rules: {}, problems: [] };
  const { problems } = list;
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    problems.push(`It is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
    return list;
  }
  const top = objectOf(content, '', ['title', 'files', 'defaults'], problems);
  if (!top) return list;
  const title = top.get('title') ?? '';
  if (typeof title === 'string') list.title = title;
  else problems.push('“title” is no text.');
  list.files = readFiles(top.get('files'), source, problems);
  if (top.has('defaults')) readDefaults(top.get('defaults'), list);
  return list;
}

function readFiles(value: unknown, source: string, problems: string[]): ListedFile[] {
  if (!Array.isArray(value) || value.length === 0) {
    problems.push('“files” lists nothing: it is an array of paths, like ["logs/access.log"].');
    return [];
  }
  const folder = new URL('.', source).href;
  const files = new Map<string, ListedFile>();
  for (const [i, entry] of (value as unknown[]).entries()) {
    if (typeof entry !== 'string' || entry === '') {
      problems.push(`“files”, entry ${i + 1}: it is no path.`);
      continue;
    }
    const url = URL.canParse(entry, source) ? new URL(entry, source) : null;
    if (!url) problems.push(`“${entry}” is no path.`);
    else if (url.origin !== new URL(source).origin)
      problems.push(`“${entry}” is on another server. This page may read from its own only.`);
    else if (files.has(url.href)) problems.push(`“${entry}” is listed twice.`);
    else {
      const { href } = url;
      files.set(href, {
        name: plain(href.startsWith(folder) ? href.slice(folder.length) : url.pathname),
        address: href,
      });
    }
  }
  return [...files.values()];
}

function readDefaults(value: unknown, list: HostList): void {
  const { problems } = list;
  const defaults = objectOf(value, 'defaults', ['range', 'zone', 'rules'], problems);
  if (!defaults) return;
  const range = defaults.get('range') ?? 'all';
  if (range !== 'all') {
    list.range = typeof range === 'string' ? addressOf('r', range).range : null;
    if (!list.range)
      problems.push(
        '“range” is none of all, last-month, 2026-09, week:2026-09-07 and 2026-09-01..2026-09-30.',
      );
  }
  const zone = defaults.get('zone');
  if (zone === 'utc' || zone === 'local') list.look = { zone };
  else if (zone !== undefined) problems.push('“zone” is neither utc nor local.');
  if (defaults.has('rules')) list.rules = readRules(defaults.get('rules'), problems);
}

function readRules(value: unknown, problems: string[]): Partial<CountingRules> {
  const rules: Partial<CountingRules> = {};
  const given = objectOf(value, 'rules', ['window', ...SWITCHES], problems);
  for (const [key, rule] of given ?? []) {
    if (key === 'window') {
      if (typeof rule === 'number' && rule >= 0 && rule <= LONGEST_WINDOW) rules.window = rule * 1000;
      else problems.push(`“window” is no number of seconds from 0 to ${LONGEST_WINDOW}.`);
    } else if (typeof rule === typeof DEFAULT_RULES.foldFurther)
      rules[key as (typeof SWITCHES)[number]] = rule === true;
    else problems.push(`“${key}” is neither true nor false.`);
  }
  return rules;
}

/** The entries of an object whose names are known; each other one is a problem. */
function objectOf(
  value: unknown,
  name: string,
  known: readonly string[],
  problems: string[],
): Map<string, unknown> | null {
  const where = name === '' ? 'It' : `“${name}”`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push(`${where} is no object with ${known.join(', ')}.`);
    return null;
  }
  const entries = new Map(Object.entries(value));
  for (const key of entries.keys()) {
    if (known.includes(key)) continue;
    problems.push(`“${key}” is not known here and was not used. Known are ${known.join(', ')}.`);
    entries.delete(key);
  }
  return entries;
}

function addressOf(key: string, value: string) {
  return readAddress(`#/?${key}=${encodeURIComponent(value)}`)!;
}

function plain(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
