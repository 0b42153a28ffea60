/** Stored formats of the user's own. In: their names and texts. Out: patterns for scanners, and titles for reports. */
import { lackOf } from '../formats/custom/pattern-lacks.ts';
import { readPattern } from '../formats/custom/pattern-text.ts';
import type { LinePattern } from '../model/line-pattern.ts';
import type { OwnFormat } from '../model/own-format.ts';

/** A format, as reports name it, and the sentence of what it cannot tell. */
export interface OwnTitle {
  title: string;
  missing: string;
}

/** The patterns of stored formats; none for a text that is no pattern, so that numbers stay as they are. */
export function patternsOf(own: OwnFormat[]): LinePattern[] {
  return own.map(({ text }) => readPattern(text) ?? { kind: 'json', keys: [] });
}

export function titlesOf(own: OwnFormat[]): OwnTitle[] {
  return own.map(({ name, text }) => {
    const pattern = readPattern(text);
    const lacks = pattern ? lackOf(pattern) : [];
    return { title: name, missing: Array.isArray(lacks) ? missingSentence(lacks) : '' };
  });
}

const LACKS = new Map([
  ['client', 'no client address, so requests cannot be put together'],
  ['method', 'no method, so version checks and pulls cannot be told apart'],
  ['status', 'no status, so every request counts'],
  ['agent', 'no user agent'],
]);

/** "It shows no status, so every request counts, and no user agent." */
export function missingSentence(lacks: string[]): string {
  const parts = lacks.flatMap((lack) => LACKS.get(lack) ?? []);
  const last = parts.pop();
  if (last === undefined) return '';
  return `It shows ${parts.length > 0 ? `${parts.join('; ')}; and ` : ''}${last}.`;
}
