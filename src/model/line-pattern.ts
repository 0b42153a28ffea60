/** What a part of a log line tells. `skip` is everything that counts for nothing. */
export const LINE_FIELDS = [
  'skip',
  /** Address of the peer. */
  'client',
  /** X-Forwarded-For: a list, the client first. */
  'forwarded',
  /** In any notation that formats/fields/any-time.ts reads. */
  'time',
  /** METHOD target PROTOCOL */
  'request',
  'method',
  /** Path or URL, with or without a query. */
  'target',
  'status',
  /** Bytes of the answer. */
  'written',
  'agent',
  /** Docker-Content-Digest of the answer. */
  'digest',
] as const;
export type LineField = (typeof LINE_FIELDS)[number];

/**
 * A text format: literals and fields in turn. A field goes up to the next literal; between two literals of which the
 * first ends and the second begins with a double quote, up to the closing quote that no backslash hides. A blank in a
 * literal stands for one or more blanks. What follows the last literal may be anything.
 *   A time with blanks in it is several fields, which together go from the beginning of the first to the end of the last.
 *   A blank behind a comma does not end a list of forwarded addresses.
 *   Of the colons in a word that could end a client, the last one does: 2001:db8::1:4242 has a port.
 *   A field without a literal behind it goes to the next blank when it is client, method, target, status, written or
 *   digest, else to the end of the line, blanks there left out.
 */
export type PatternToken = { literal: string } | { field: LineField };

/**
 * A format that somebody defined: text by tokens, or one JSON object a line by its keys (nested ones with dots; of an
 * array the first element).
 */
export type LinePattern =
  { kind: 'text'; tokens: PatternToken[] } | { kind: 'json'; keys: { key: string; field: LineField }[] };
