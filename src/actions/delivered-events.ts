/**
 * Notifications that a registry delivered again: it repeats an event, with the same id, until its receiver says that
 * it has it. In: the numbers that the scanner makes of an event's id, in any order of files. Out: whether the event
 * is there for the first time.
 * Source: distribution/distribution, notifications/sinks.go (retryingSink).
 * Limits: of more than twice MOST_EVENTS events the oldest are forgotten; retries come within seconds.
 */
const MOST_EVENTS = 1 << 20;

export class DeliveredEvents {
  /** The file that first showed an event, by the event's number. */
  private recent = new Map<number, number>();
  private before = new Map<number, number>();

  /** Takes an event of a file; false when it, or another file, has shown it before. */
  isNew(low: number, high: number, file: number): boolean {
    // 53 bits: what a number holds exactly.
    const event = (high & 0x1fffff) * 2 ** 32 + low;
    if (this.recent.has(event) || this.before.has(event)) return false;
    if (this.recent.size === MOST_EVENTS) {
      this.before = this.recent;
      this.recent = new Map();
    }
    this.recent.set(event, file);
    return true;
  }

  /** Forgets what files from this number on have shown. */
  forgetFiles(first: number): void {
    for (const events of [this.recent, this.before])
      for (const [event, file] of events) if (file >= first) events.delete(event);
  }
}
