/**
 * Formats of the user's own, for the page: texts go in and out, patterns stay here. In: what was pasted, clicked, stored
 * or shared. Out: formats as short texts, what they lack, and how lines are read by them.
 */
import { LOG_FORMATS } from '../formats/index.ts';
import { openScanner } from '../formats/open-scanner.ts';
import { type LineSelection, patternFromClicks } from '../formats/custom/from-clicks.ts';
import { matchPattern } from '../formats/custom/match-pattern.ts';
import { lackOf } from '../formats/custom/pattern-lacks.ts';
import { readPattern, writePattern } from '../formats/custom/pattern-text.ts';
import { readPastedFormat } from '../formats/custom/read-pasted-format.ts';
import type { LinePattern } from '../model/line-pattern.ts';
import type { ClickedFormat, FoundFormat, PastedText, TriedLine } from '../model/own-format.ts';
import { missingSentence } from './own-titles.ts';

export function readPastedText(pasted: string): PastedText {
  const { formats, problems } = readPastedFormat(pasted);
  return {
    formats: formats.map(({ name, origin, pattern, missing }) => ({
      ...foundFormat(pattern, missing),
      name,
      origin,
    })),
    problems,
  };
}

export function formatFromClicks(line: string, selections: LineSelection[]): ClickedFormat {
  const made = patternFromClicks(line, selections);
  return 'reason' in made ? { problem: made } : { format: foundFormat(made.pattern, made.missing) };
}

/** Whether a text from a link or from storage is a format; what it reads. */
export function readFormatText(text: string): FoundFormat | null {
  const pattern = readPattern(text);
  const lacks = pattern && lackOf(pattern);
  return pattern && Array.isArray(lacks) ? foundFormat(pattern, lacks) : null;
}

/** What becomes of lines when this format is there, and what it reads from each. */
export async function tryFormat(text: string, lines: string[]): Promise<TriedLine[]> {
  const pattern = readPattern(text);
  if (!pattern) return [];
  const scanner = await openScanner('wasm', [pattern]);
  return lines.map((line): TriedLine => {
    scanner.begin(false);
    scanner.feed(new TextEncoder().encode(`${line}\n`));
    scanner.finish();
    const segment = scanner.takeSegment({ file: 0, index: 0, last: true, start: 0, scanner: 0 });
    const { lines: fates, requests, unreadableByReason } = segment;
    const isOwn = segment.linesByFormat[LOG_FORMATS.length]! > 0;
    const found = isOwn ? matchPattern(pattern, line) : null;
    return {
      line,
      isOwn,
      fate:
        fates.unreadable > 0
          ? 'unreadable'
          : requests.length > 0
            ? 'manifest'
            : fates.otherRegistry > 0
              ? 'otherRegistry'
              : 'other',
      reason: unreadableByReason.findIndex((count) => count > 0),
      fields: found ? [...found] : [],
    };
  });
}

function foundFormat(pattern: LinePattern, lacks: string[]): FoundFormat {
  const fields =
    pattern.kind === 'json'
      ? pattern.keys.map(({ field }) => field)
      : pattern.tokens.flatMap((token) => ('field' in token ? [token.field] : []));
  return {
    text: writePattern(pattern),
    kind: pattern.kind,
    fields: [...new Set(fields)].filter((field) => field !== 'skip'),
    missing: missingSentence(lacks),
  };
}
