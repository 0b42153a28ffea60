/**
 * How far reading is, for the page. In: tasks as they are begun, bytes and lines as they are read. Out: progress, four
 * times a second at most, with what the analysis has counted until then.
 */
import type { Bytes } from '../model/units.ts';
import type { ReadProgress } from '../model/view.ts';
import { partsOf, type Task } from './parse-table.ts';

const REPORT_EVERY = 250;

type SoFar = ReadProgress['soFar'] & Pick<ReadProgress, 'states'>;

export class ReadingProgress {
  private readonly begun = performance.now();
  private readonly bytesTotal: Bytes;
  private bytesRead: Bytes = 0;
  private linesRead = 0;
  private toldAt = -Infinity;
  private isTelling = false;
  private task: Task | null;

  /** first, files: places in the report of the files that are read. */
  constructor(
    tasks: readonly Task[],
    private readonly first: number,
    private readonly files: number,
    private readonly analysis: { soFar(): Promise<SoFar> },
    private readonly onProgress: (progress: ReadProgress) => void,
  ) {
    this.bytesTotal = tasks.reduce((sum, { start, end }) => sum + end - start, 0);
    this.task = tasks[0] ?? null;
  }

  begin(task: Task): void {
    this.task = task;
  }

  add(bytes: Bytes, lines: number): void {
    this.bytesRead += bytes;
    this.linesRead += lines;
    void this.tell();
  }

  private async tell(): Promise<void> {
    if (this.isTelling || performance.now() - this.toldAt < REPORT_EVERY) return;
    this.isTelling = true;
    const { states, ...soFar } = await this.analysis.soFar();
    this.isTelling = false;
    this.toldAt = performance.now();
    const { first, files, bytesTotal, task } = this;
    const inHand = task && partsOf(task)[0];
    this.onProgress({
      bytesRead: Math.min(this.bytesRead, bytesTotal),
      bytesTotal,
      linesRead: this.linesRead,
      file: inHand ? inHand.file - first + 1 : files,
      files,
      fileName: inHand?.content.name ?? '',
      elapsed: performance.now() - this.begun,
      soFar,
      states: states.slice(first),
    });
  }
}
