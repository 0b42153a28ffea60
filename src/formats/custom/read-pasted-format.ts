/**
 * The door for formats of the user's own. In: what a person pasted: a configuration, a format string or a regular
 * expression. Out: the formats in it, and what could not be read with what to do instead. Limits: a million
 * characters, 50 formats. A new language is a file that finds pieces, and a line in FRONT_ENDS; out comes a LinePattern:
 * literals and fields, never a regular expression.
 */
import { isApache, readApache } from './apache.ts';
import { isEnvoy, readEnvoy } from './envoy.ts';
import { isGoaccess, readGoaccess } from './goaccess.ts';
import { isHaproxy, readHaproxy } from './haproxy.ts';
import { isNginx, readNginx } from './nginx.ts';
import type { PastedReading } from './pasted-format.ts';
import { isRegex, readRegex } from './regex.ts';

const MAX_LENGTH = 1_000_000;
const MAX_FORMATS = 50;

/** From the surest mark to the weakest: a configuration of nginx may hold expressions, one of HAProxy %h and %t. */
const FRONT_ENDS: [(source: string) => boolean, (source: string) => PastedReading][] = [
  [(source) => /(^|[\s{;])log_format\s/.test(source), readNginx],
  [(source) => /^[ \t]*(LogFormat|CustomLog)[ \t]/m.test(source), readApache],
  [isRegex, readRegex],
  [isEnvoy, readEnvoy],
  [isGoaccess, readGoaccess],
  [isHaproxy, readHaproxy],
  [isApache, readApache],
  [isNginx, readNginx],
];

export function readPastedFormat(text: string): PastedReading {
  if (text.length > MAX_LENGTH)
    return trouble(
      'This text is longer than a million characters.',
      'Paste only the lines that describe the log format.',
    );
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const frontEnd = FRONT_ENDS.find(([isIts]) => isIts(source));
  if (!frontEnd)
    return trouble(
      'No log format was found in this text.',
      'Paste an nginx log_format, an Apache LogFormat, a HAProxy, Envoy or GoAccess format, or a regular expression with groups such as (?<time>…) and (?<path>…).',
    );
  const { formats, problems: all } = frontEnd[1](source);
  const problems = all.slice(0, MAX_FORMATS);
  if (formats.length <= MAX_FORMATS) return { formats, problems };
  const more = trouble(
    `There are ${formats.length} formats in this text, and the first ${MAX_FORMATS} were taken.`,
    'Paste only the formats that were used for your logs.',
  );
  return { formats: formats.slice(0, MAX_FORMATS), problems: [...problems, ...more.problems] };
}

const trouble = (reason: string, remedy: string): PastedReading => ({
  formats: [],
  problems: [{ reason, remedy }],
});
