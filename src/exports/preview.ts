/** What a file will be, before it is written. In: what is held, and a wish. Out: name, rows, size and first rows. */
import type { ExportPreview, Preset } from '../model/export-job.ts';
import type { Bytes } from '../model/units.ts';
import type { ExportRequest } from '../model/view.ts';
import { cellsOf, CsvFiles } from './csv.ts';
import { type ExportSource, nameOfExport, openExport } from './index.ts';
import { STYLES } from './style.ts';

const FIRST_ROWS = 5;
/** So much is written to tell the size of a longer file. */
const SAMPLE: Bytes = 8 << 20;

export function previewExport(source: ExportSource, request: ExportRequest, preset: Preset): ExportPreview {
  const style = STYLES[preset];
  const table = openExport(source, request, style);
  const files = new CsvFiles(table, style);
  let head: Uint8Array = new Uint8Array(0);
  let bytes = 0;
  let isWhole = true;
  for (const piece of files.next()) {
    if (bytes === 0) head = piece;
    bytes += piece.length;
    isWhole = files.rows === table.rows;
    if (bytes >= SAMPLE) break;
  }
  // A first piece may end within the first rows, never before the header does.
  const [columns = [], ...first] = cellsOf(head, style, FIRST_ROWS + 1);
  return {
    name: nameOfExport(source, request),
    rows: table.rows,
    left: table.left,
    bytes: isWhole ? bytes : Math.round((bytes / files.rows) * table.rows),
    isEstimate: !isWhole,
    columns,
    first,
  };
}
