/**
 * nginx log formats. In: a configuration with log_format directives in it, a format string alone, or the ConfigMap of
 * ingress-nginx (log-format-upstream). Out: formats. Source: ngx_http_log_module and the variables of the core,
 * realip and upstream modules; ingress-nginx' ConfigMap. Skipped: include, map and every other directive.
 */
import { requestHeader, responseHeader } from './header-fields.ts';
import { addSource } from './pasted-format.ts';
import type { PastedReading } from './pasted-format.ts';
import { field, text, timeWithBlank } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readYamlValue } from './yaml-value.ts';

const VARIABLES = new Map<string, Piece[]>([
  ['remote_addr', [field('client')]],
  ['the_real_ip', [field('client', 1)]],
  // The peer, where the realip module has put the client into remote_addr.
  ['realip_remote_addr', [field('client', 2)]],
  ['proxy_protocol_addr', [field('client', 3)]],
  ['proxy_add_x_forwarded_for', [field('forwarded', 1)]],
  ['msec', [field('time')]],
  ['time_iso8601', [field('time', 1)]],
  ['time_local', timeWithBlank(2)],
  ['request', [field('request')]],
  ['request_method', [field('method')]],
  ['request_uri', [field('target')]],
  ['uri', [field('target', 1)]],
  ['document_uri', [field('target', 1)]],
  ['status', [field('status')]],
  ['body_bytes_sent', [field('written')]],
  ['bytes_sent', [field('written', 1)]],
]);

/** The key of the ConfigMap, where no # stands in front of it. */
const UPSTREAM = /^[^#\n]*?log-format-upstream["']?\s*[:=]/m;

export function isNginx(source: string): boolean {
  return (
    /(^|[\s{;])log_format\s/.test(source) ||
    UPSTREAM.test(source) ||
    /^[ \t]*(http|server|access_log|worker_processes)\b[^\n]*[{;]/m.test(source) ||
    /\$\{?(remote_addr|time_local|time_iso8601|msec|request|request_uri|request_method|uri|status)\b/.test(
      source,
    )
  );
}

export function readNginx(source: string): PastedReading {
  const reading: PastedReading = { formats: [], problems: [] };
  const add = (name: string, format: string) => addSource(reading, name, 'nginx', format, splitNginx);
  const upstream = UPSTREAM.exec(source);
  const directives = findDirectives(source);
  for (const words of directives) {
    const [name, ...rest] = words.length > 1 ? words : ['', ...words];
    add(name!, rest.filter((word) => !/^escape=(default|json|none)$/.test(word)).join(''));
  }
  if (directives.length > 0) return reading;
  if (upstream) add('log-format-upstream', readYamlValue(source, upstream.index + upstream[0].length));
  else if (source.includes('$') && !/^[ \t]*(http|server|worker_processes)\b[^\n]*\{/m.test(source))
    add('', bareFormat(source.trim()));
  else
    reading.problems.push({
      reason: 'This nginx configuration has no log_format.',
      remedy: 'Drop the log itself: nginx writes its combined format then, which is read without being told.',
    });
  return reading;
}

/** The words behind each log_format, comments left out. */
function findDirectives(source: string): string[][] {
  const found: string[][] = [];
  const word = /(?<=^|[\s{;])log_format\s/g;
  let done = 0;
  for (let match = word.exec(source); match; match = word.exec(source)) {
    const line = Math.max(source.lastIndexOf('\n', match.index) + 1, done);
    if (source.slice(line, match.index).includes('#')) continue;
    const [words, end] = readWords(source, match.index + match[0].length);
    if (words.length > 0) found.push(words);
    done = end;
    word.lastIndex = end;
  }
  return found;
}

/** Words up to the semicolon, as nginx reads them: quoted ones may hold anything. */
function readWords(source: string, from: number): [string[], number] {
  const words: string[] = [];
  let at = from;
  while (at < source.length && source[at] !== ';') {
    const char = source[at]!;
    if (/\s/.test(char)) at++;
    else if (char === '#') at = lineEnd(source, at);
    else {
      const quote = char === '"' || char === "'" ? char : '';
      const [word, end] = readWord(source, at + quote.length, quote);
      words.push(word);
      at = end;
    }
  }
  return [words, at];
}

function readWord(source: string, from: number, quote: string): [string, number] {
  let word = '';
  let at = from;
  for (; at < source.length; at++) {
    const char = source[at]!;
    if (quote ? char === quote : /[\s;]/.test(char)) break;
    const next = source[at + 1];
    if (char === '\\' && next !== undefined && `"'\\tnr`.includes(next)) {
      word += next === 't' ? '\t' : next === 'n' || next === 'r' ? '\n' : next;
      at++;
    } else word += char;
  }
  return [word, quote ? at + 1 : at];
}

const lineEnd = (source: string, at: number) => {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
};

/** A format without its directive: as in the configuration with quotes around its parts, or without them. */
function bareFormat(source: string): string {
  const quote = source[0]!;
  const inQuotes = quote === "'" || (quote === '"' && source.split('"').length === 3 && /";?$/.test(source));
  return inQuotes ? readWords(source, 0)[0].join('') : source.replace(/;$/, '');
}

/** Splits a format at its $variables and ${variables}. */
function splitNginx(format: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of format.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    pieces.push(text(format.slice(done, match.index)), ...variable((match[1] ?? match[2])!));
    done = match.index + match[0].length;
  }
  pieces.push(text(format.slice(done)));
  return pieces;
}

function variable(name: string): Piece[] {
  const known = VARIABLES.get(name);
  if (known) return known;
  const request = /^http_(.+)$/.exec(name);
  if (request) return [requestHeader(request[1]!)];
  const response = /^(upstream|sent)_http_(.+)$/.exec(name);
  return [response ? responseHeader(response[2]!) : field('skip')];
}
