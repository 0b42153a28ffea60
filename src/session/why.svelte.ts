/**
 * "Why this number?": the number that is asked about, and what is known of it. In: a question. Out: state of the sheet,
 * which fills as answers come: rules, then other rules, then the lines themselves, which may take a whole file.
 */
import type { Client } from '../pipeline/client.ts';
import type { Filter } from '../model/filter.ts';
import type { LineAgain, OtherCounts, WhyAnswer, WhyScope } from '../model/why.ts';

/** What a view asks: the page's filter is added here. */
export type WhyQuestion = Pick<WhyScope, 'figure' | 'from' | 'to'> & Partial<WhyScope>;
type Asked = Pick<Client, 'why' | 'otherCounts' | 'linesAt' | 'giveAgain'>;

export class Why {
  /** null: the sheet is closed. */
  scope = $state.raw<WhyScope | null>(null);
  answer = $state.raw<WhyAnswer | null>(null);
  others = $state.raw<OtherCounts | null>(null);
  /** By file and offset: lineKey. Lines that are still being read are not in it. */
  lines = $state.raw<ReadonlyMap<string, LineAgain>>(new Map());
  /** A file was given that is none of those that are asked for. */
  wrongFile = $state<string | null>(null);
  failure = $state<string | null>(null);
  private asked = 0;
  private readonly client: Asked;
  private readonly filter: () => Filter;

  constructor(client: Asked, filter: () => Filter) {
    this.client = client;
    this.filter = filter;
  }

  async ask(question: WhyQuestion): Promise<void> {
    const filter = this.filter();
    this.close();
    const scope = { filter, repository: null, reference: null, source: null, ...question };
    this.scope = scope;
    const asked = ++this.asked;
    try {
      const answer = await this.client.why(scope);
      if (asked !== this.asked) return;
      this.answer = answer;
      await this.readLines(asked);
      const others = await this.client.otherCounts(scope);
      if (asked === this.asked) this.others = others;
    } catch (error) {
      if (asked === this.asked) this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** A file that could no longer be read, given again. */
  async giveAgain(files: readonly File[]): Promise<void> {
    const { asked } = this;
    this.wrongFile = null;
    for (const file of files) if (!(await this.client.giveAgain(file))) this.wrongFile = file.name;
    if (asked === this.asked) await this.readLines(asked);
  }

  close(): void {
    this.asked++;
    this.scope = this.answer = this.others = this.wrongFile = this.failure = null;
    this.lines = new Map();
  }

  /** File by file: one of them may be long. */
  private async readLines(asked: number): Promise<void> {
    const offsets = new Map<number, number[]>();
    for (const { file, offset } of this.answer?.examples.flatMap(({ requests }) => requests) ?? [])
      offsets.set(file, [...(offsets.get(file) ?? []), offset]);
    for (const [file, places] of offsets) {
      const found = await this.client.linesAt(file, places);
      if (asked !== this.asked) return;
      const more = places.map((offset, i): [string, LineAgain] => [lineKey(file, offset), found[i]!]);
      this.lines = new Map([...this.lines, ...more]);
    }
  }
}

export function lineKey(file: number, offset: number): string {
  return `${file} ${offset}`;
}
