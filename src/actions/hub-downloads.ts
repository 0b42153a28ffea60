/**
 * Downloads of models, datasets and spaces (spec/classification.md, section 7) from a hub's log of requests. In: request
 * rows of any order. Out: action rows, one a download, in order of time. All requests of one client for one repository
 * within WINDOW of the first are one download. Limits: such a log names no files, so requests for a model's counted
 * files cannot be told from others, and models are counted like datasets; a request without a client stands alone.
 */
import { RowBuilder, wordOf } from '../lib/column-builder.ts';
import {
  ACTION_COLUMNS,
  ACTION_NAMES,
  type ActionRows,
  METHOD_GET,
  METHOD_HEAD,
} from '../model/action-rows.ts';
import type { RequestRows } from '../model/request-rows.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Milliseconds } from '../model/units.ts';

const WINDOW: Milliseconds = 300_000;
const COUNTED = new Set([0, 200, 206, 302, 304, 307]);
const DOWNLOAD = ACTION_NAMES.indexOf('download');

export function hubDownloads({ columns, length, words }: RequestRows): ActionRows {
  const order = Uint32Array.from({ length }, (_, row) => row).sort(
    (a, b) => columns.time[a]! - columns.time[b]! || a - b,
  );
  const downloads = new RowBuilder(ACTION_COLUMNS);
  /** Beginning of the latest window, by client and repository. */
  const begun = new Map<string, Milliseconds>();
  for (const row of order) {
    const method = wordOf(words, columns.method[row]!);
    if (!COUNTED.has(columns.status[row]!) || (method !== 'GET' && method !== 'HEAD')) continue;
    const time = columns.time[row]!;
    const client = columns.client[row]!;
    if (client !== NO_WORD) {
      const key = `${client} ${columns.repoType[row]} ${columns.repository[row]}`;
      if (time - begun.get(key)! < WINDOW) continue;
      begun.set(key, time);
    }
    const to = downloads.next();
    const { columns: out } = downloads;
    out.time[to] = time;
    out.repository[to] = downloads.word(wordOf(words, columns.repository[row]!));
    out.repoType[to] = columns.repoType[row]!;
    out.action[to] = DOWNLOAD;
    out.method[to] = method === 'GET' ? METHOD_GET : METHOD_HEAD;
    out.country[to] = downloads.word(wordOf(words, columns.country[row]!));
    out.count[to] = 1;
  }
  return downloads.finish();
}
