/** What generated logs are made of: digests, and lines as servers write them. */
import { createHash } from 'node:crypto';

export function pick<T>(random: () => number, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]!;
}

const digests = new Map<string, string>();

/** The digest of a text: sha256:… */
export function digest(text: string): string {
  let found = digests.get(text);
  if (found === undefined) {
    found = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    digests.set(text, found);
  }
  return found;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** dd/Mon/yyyy:HH:MM:SS +0000 */
export function commonTime(time: number): string {
  const iso = new Date(time).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

/** A line of nginx's combined format. */
export function logLine(
  time: number,
  client: string,
  method: string,
  path: string,
  status: number,
  size: number,
  agent: string,
): string {
  return `${client} - - [${commonTime(time)}] "${method} ${path} HTTP/1.1" ${status} ${size} "-" "${agent}"`;
}
