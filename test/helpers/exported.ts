/** Exports of small logs, as text. In: lines. Out: an Analysis that has read them, and what it writes. */
import { dayOfIso } from '../../src/lib/calendar.ts';
import type { CountingRules } from '../../src/model/counting-rules.ts';
import { NO_FILTER } from '../../src/model/filter.ts';
import type { DaySpan, ExportRequest } from '../../src/model/view.ts';
import type { Analysis } from '../../src/pipeline/analysis.ts';
import { logLine } from './log-lines.ts';
import { readLogs } from './read-logs.ts';

/** A manifest request as an access line; the time is UTC, as `2026-09-01 10:00:00`. */
export function manifestLine(
  time: string,
  client: string,
  method: string,
  name: string,
  reference: string,
  agent = 'docker/27.3.1',
  status = 200,
): string {
  const path = `/v2/${name}/manifests/${reference}`;
  return logLine(Date.parse(`${time.replace(' ', 'T')}Z`), client, method, path, status, 10, agent);
}

/** A line that only shows that the log covers this moment. */
export function otherLine(time: string): string {
  return logLine(Date.parse(`${time.replace(' ', 'T')}Z`), '192.0.2.99', 'GET', '/healthz', 200, 2, 'probe');
}

/** Texts and bytes one after the other. */
export function bytesOf(...parts: (string | Uint8Array | number[])[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const pieces = parts.map((part) =>
    typeof part === 'string' ? encoder.encode(part) : Uint8Array.from(part),
  );
  return new Uint8Array(Buffer.concat(pieces));
}

/** Reads files that are given as lists of lines. */
export async function analyse(files: string[][], rules: Partial<CountingRules> = {}): Promise<Analysis> {
  const logs = files.map((lines, i) => ({
    name: `log.${i}`,
    bytes: bytesOf(...lines.map((line) => `${line}\n`)),
  }));
  return (await readLogs(logs, { rules })).analysis;
}

export function spanOf(first: string, last: string): DaySpan {
  return { first: dayOfIso(first), last: dayOfIso(last) };
}

/** What one export writes; without a wish for another span, that of all the data. */
export async function exported(
  analysis: Analysis,
  kind: ExportRequest['kind'],
  wish: Partial<ExportRequest> = {},
): Promise<{ name: string; rows: number; text: string }> {
  const request = { level: 'reference', spanKind: 'all', filter: NO_FILTER, ...wish } as const;
  const span = wish.span ?? analysis.report().days!;
  const { name, rows, blob } = analysis.export({ ...request, kind, span });
  // Blob.text() would hide a byte order mark.
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await blob.arrayBuffer());
  return { name, rows, text };
}

/** Lines as a CSV file ends them. */
export const csvText = (...lines: string[]) => lines.map((line) => `${line}\r\n`).join('');
