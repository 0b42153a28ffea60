/**
 * Files as entries of an archive. In: what each is to hold. Out: entries whose bytes are made when they are asked for,
 * and what was written of each: rows, bytes, SHA-256.
 */
import { sha256 } from '../lib/sha256.ts';
import type { ExportProgress, Writing } from '../model/export-job.ts';
import type { Bytes } from '../model/units.ts';
import { CsvFiles, type RowSource } from './csv.ts';
import { gzipped, type Piece, type Pieces } from './gzip.ts';
import { type Style } from './style.ts';
import type { ZipEntry } from './zip.ts';

/** With fewer rows than this, no file comes to 4 GiB. */
const MANY_ROWS = 1_000_000;

/** What was written of one entry. */
export interface WrittenFile {
  path: string;
  rows: number;
  bytes: Bytes;
  /** Of the entry's content, in hexadecimal. */
  sha256: string;
}

/** How far the work is. Weights are rows that have to be looked at. */
export class Watch {
  private done = 0;
  private weight = 0;
  private share = 0;
  private name = '';
  private rows = 0;
  private files = 0;
  readonly leftOut: string[] = [];

  constructor(private readonly total: number) {}

  begin(name: string, weight: number): void {
    this.done += this.weight;
    Object.assign(this, { name, weight, share: 0 });
  }

  tell(rows: number, share: number): void {
    this.rows += rows;
    this.share = share;
  }

  endFile(): void {
    this.files++;
  }

  progress(): ExportProgress {
    const { name, rows, files, done, weight, share, total } = this;
    return { share: total === 0 ? 0 : Math.min(1, (done + weight * share) / total), name, rows, files };
  }
}

/** The bytes of the next of some files, with what is known when they are written. */
export async function* tracked(
  files: CsvFiles,
  all: number,
  gzip: boolean,
  watch: Watch,
  tell: (written: Omit<WrittenFile, 'path'>) => void,
): AsyncGenerator<Piece> {
  const before = files.rows;
  function* counted(): Generator<Piece> {
    let told = files.rows;
    for (const piece of files.next()) {
      watch.tell(files.rows - told, all === 0 ? 1 : files.rows / all);
      told = files.rows;
      yield piece;
    }
  }
  const hash = sha256.create();
  let bytes = 0;
  const pieces: Pieces = gzip ? gzipped(counted()) : counted();
  for await (const piece of pieces) {
    bytes += piece.length;
    hash.update(piece);
    yield piece;
  }
  watch.endFile();
  const digest = [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  tell({ rows: files.rows - before, bytes, sha256: digest });
}

/** One table, in as many files as it takes: web.csv, or web_part1.csv and so on. */
export function* tableEntries(
  path: string,
  source: RowSource,
  { style, gzip, mostRows }: { style: Style; mostRows: number } & Pick<Writing, 'gzip'>,
  watch: Watch,
  onWritten: (written: WrittenFile) => void,
): Generator<ZipEntry> {
  const files = new CsvFiles(source, style, mostRows);
  for (let part = 1; part <= files.length; part++) {
    const name = partName(path, part, files.length) + (gzip ? '.gz' : '');
    yield {
      name,
      pieces: tracked(files, source.rows, gzip, watch, (written) => onWritten({ path: name, ...written })),
      mayBeLarge: Math.min(source.rows, mostRows) > MANY_ROWS,
    };
  }
}

function partName(path: string, part: number, parts: number): string {
  return parts === 1 ? path : path.replace(/\.csv$/, `_part${part}.csv`);
}

export function textEntry(name: string, text: string): ZipEntry {
  return { name, pieces: [new TextEncoder().encode(text)], mayBeLarge: false };
}
