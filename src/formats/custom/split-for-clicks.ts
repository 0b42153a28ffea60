/**
 * What can be clicked in a line of an unknown log. In: one line, of text or JSON. Out: its values, each with a guess
 * of what it is; every field is guessed once at most. A guess is an offer to a person and decides nothing.
 */
import type { LineField } from '../../model/line-pattern.ts';
import { fieldByName } from './field-names.ts';
import { readJsonTemplate } from './json-template.ts';
import { lineAtoms } from './line-atoms.ts';

export interface ClickablePart {
  start: number;
  end: number;
  field: LineField;
}

const ADDRESS = String.raw`(?:(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?|\[?[\da-fA-F]{0,4}(?::[\da-fA-F]{0,4}){2,7}\]?(?::\d+)?)`;
const VERBS = 'GET|HEAD|PUT|POST|PATCH|DELETE|OPTIONS';

/** From the surest look to the weakest. */
const LOOKS: [LineField, RegExp][] = [
  ['request', new RegExp(`^(?:${VERBS}) \\S+(?: HTTP/[\\d.]+)?$`)],
  ['method', new RegExp(`^(?:${VERBS})$`)],
  ['digest', /^sha\d+:[\da-f]{32,}$/],
  [
    'time',
    /^\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|^\d\d[/-][A-Z][a-z]{2}[/-]\d{4}|^[A-Z][a-z]{2} .*\d\d:\d\d:\d\d/,
  ],
  // Seconds, milliseconds, microseconds or nanoseconds since 1970, in this century.
  ['time', /^1\d{9}(?:\d{3}){0,3}(?:\.\d+)?$/],
  ['client', new RegExp(`^${ADDRESS}$`)],
  // One address alone may be anybody's.
  ['forwarded', new RegExp(`^${ADDRESS}(?:, ?${ADDRESS})+$`)],
  ['target', /^(?:https?:\/\/[^/]+)?\/\S*$/],
  ['status', /^[1-5]\d\d$/],
  ['written', /^\d+$/],
  ['agent', /^(?!HTTP\/)[A-Za-z][\w.-]*\/v?\d|^(?:UpstreamClient|Mozilla|[A-Z][\w-]*-[Cc]lient)\b/],
];

/** Fields of any look, and those that a request line says as well. */
const FREE = new Set<LineField>(['agent', 'forwarded']);
const OF_REQUEST = new Set<LineField>(['method', 'target']);

export function splitForClicks(line: string): ClickablePart[] {
  const values = line.startsWith('{') ? readJsonTemplate(line) : null;
  const spans = values ?? lineAtoms(line).filter(({ kind, start, end }) => kind === 'value' && end > start);
  const parts = spans.map(({ start, end }): ClickablePart => ({ start, end, field: 'skip' }));
  const taken = new Set<LineField>();
  for (const [index, { key }] of (values ?? []).entries()) {
    // The name of a key says it, unless the value looks like nothing of the kind.
    const named = fieldByName(key.slice(key.lastIndexOf('.') + 1));
    const part = parts[index]!;
    const looks = LOOKS.filter(([field]) => field === named);
    const fits = looks.some(([, look]) => look.test(line.slice(part.start, part.end)));
    if (!named || taken.has(named) || !(fits || FREE.has(named))) continue;
    part.field = named;
    taken.add(named);
  }
  if (taken.has('request')) for (const part of parts) if (OF_REQUEST.has(part.field)) part.field = 'skip';
  for (const [field, look] of LOOKS) {
    if (taken.has(field) || (taken.has('request') && OF_REQUEST.has(field))) continue;
    const found = parts.findIndex(
      (part, at) =>
        part.field === 'skip' && look.test(line.slice(part.start, part.end)) && fits(field, parts, at),
    );
    if (found < 0) continue;
    parts[found]!.field = field;
    taken.add(field);
  }
  const client = parts.find((part) => part.field === 'client');
  // In JSON a value is taken whole; in text the port changes from line to line.
  if (client && !values) client.end -= PORT.exec(line.slice(client.start, client.end))?.[1]?.length ?? 0;
  return parts;
}

/** Behind IPv4 or a bracket; behind bare IPv6 it cannot be told from the address. */
const PORT = /^(?:[\d.]+|\[.*\])(:\d+)$/;

/** The size of an answer stands behind its status, as far as a number can be told by its place. */
function fits(field: LineField, parts: ClickablePart[], at: number): boolean {
  return field !== 'written' || parts[at - 1]?.field === 'status';
}
