/** What a person says of a file under “Data”. It is part of how a file is read: to change it means reading it again. */
import type { Milliseconds } from './units.ts';

/** What a person may say of a file whose lines leave it open. */
export interface FileOptions {
  /** IANA name of the zone of times that show none. */
  zone: string;
  /** No line is later: tells the year of times that show none. The file's own time and a day. */
  latest: Milliseconds;
  /** The client is the first address of X-Forwarded-For where there is one; else the peer. */
  usesForwarded: boolean;
  /** When the program started whose lines count seconds from then; null: nobody said. */
  started: Milliseconds | null;
}

/** For a file that was last changed at a time. */
export function defaultOptions(lastModified: Milliseconds): FileOptions {
  return { zone: 'UTC', latest: lastModified + 86_400_000, usesForwarded: true, started: null };
}
