/**
 * Work that steps aside while files are read. In: when reading begins and ends. Out: a wait.
 * Limits: when a worker dies nobody hears the end, so what a person waits for is hurried through.
 */
export class WhileReading {
  private isReading = false;
  /** Somebody waits for work that would step aside. */
  private hurried = 0;
  private waiting: (() => void)[] = [];

  begin(): void {
    this.isReading = true;
  }

  end(): void {
    this.isReading = false;
    this.wake();
  }

  /** Until this is done no work steps aside. */
  async hurry<T>(work: () => Promise<T>): Promise<T> {
    this.hurried++;
    this.wake();
    try {
      return await work();
    } finally {
      this.hurried--;
    }
  }

  /** Resolves when nothing is read any more, or somebody waits. */
  async over(): Promise<void> {
    while (this.isReading && this.hurried === 0)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private wake(): void {
    for (const go of this.waiting.splice(0)) go();
  }
}
