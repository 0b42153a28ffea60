/**
 * JSON that is one value instead of one object a line: an array of objects, or an object that holds one (CloudTrail's
 * Records, Quay's logs, a registry's events), pretty-printed or not. In: bytes in pieces. Out: the same number of bytes,
 * so that offsets stay: each element on a line of its own, everything around the elements blank.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const BLANK = 0x20;
/** Longest beginning that is looked at: an envelope's keys before its array. */
const LOOK_BYTES = 4096;

/** Keys of an envelope whose array holds the records. */
const ENVELOPES = ['Records', 'events', 'logs', 'value', 'entries'];

/** How deep the records are: 1 in an array, 2 in an envelope; 0 when the text is no such value. */
export function recordDepth(beginning: Uint8Array): 0 | 1 | 2 {
  const text = new TextDecoder().decode(beginning.subarray(0, LOOK_BYTES)).trimStart();
  if (/^\[\s*(\{|$)/.test(text)) return 1;
  const envelope = new RegExp(`^\\{[^[]*?"(${ENVELOPES.join('|')})"\\s*:\\s*\\[\\s*(\\{|$|\\])`);
  return envelope.test(text) ? 2 : 0;
}

export class JsonFlattener {
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  /** In the array that holds the records. */
  private inRecords = false;

  /** `level`: what recordDepth answered. */
  constructor(private readonly level: number) {}

  /** Rewrites a piece in place. */
  flatten(piece: Uint8Array): void {
    const { level } = this;
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i]!;
      const inRecord = this.inRecords && this.depth > level;
      if (this.inString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.inString = false;
        // A newline inside a string is no JSON: the string ends here, so that one bad record costs only itself.
        else if (byte === NEWLINE) this.inString = false;
      } else if (byte === QUOTE) this.inString = true;
      else if (byte === 0x7b || byte === 0x5b) {
        this.depth++;
        if (byte === 0x5b && this.depth === level) this.inRecords = true;
      } else if (byte === 0x7d || byte === 0x5d) {
        this.depth = Math.max(0, this.depth - 1);
        if (this.depth < level) this.inRecords = false;
        // The record's own last brace stays; what follows it ends the line.
        if (inRecord && this.depth === level) continue;
      }
      if (this.inRecords && this.depth > level) {
        if (byte === NEWLINE || byte === 0x0d) piece[i] = BLANK;
      } else if (byte === 0x2c && this.inRecords && this.depth === level && !this.inString)
        piece[i] = NEWLINE;
      // Between envelopes a line ends where it did.
      else if (byte !== NEWLINE || this.depth > 0) piece[i] = BLANK;
    }
  }
}
