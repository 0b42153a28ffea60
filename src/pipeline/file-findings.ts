/**
 * What the lines of a file say about it. In: what is known of the file when it was read. Out: problems to be shown with
 * it: none of its lines are of any use, or something has to be said before they are.
 */
import type { FileOptions } from '../model/file-options.ts';
import type { Problem } from '../model/problem.ts';
import { type Segment, type UnreadableLine, UnreadableReason } from '../model/segment.ts';

interface ReadFile {
  announced: { name: string; options: FileOptions; table: string | null };
  ended: boolean;
  lines: Segment['lines'];
  unreadable: UnreadableLine[];
  unreadableByReason: number[];
  usesStart: boolean;
}

export function findingsOf(entry: ReadFile): Problem[] {
  const { announced, ended, lines, unreadable, unreadableByReason, usesStart } = entry;
  const { read } = lines;
  const file = announced.name;
  const line = unreadable[0]?.line ?? 0;
  if (!ended || read === 0) return [];
  if (usesStart && announced.options.started === null)
    return [{ severity: 'warning', file, line, ...sinceStart(file) }];
  const requests = read - lines.unreadable - lines.otherPath - lines.applicationMessage - lines.blank;
  const timeless = unreadableByReason[UnreadableReason.noTime]!;
  if (timeless > 0 && timeless === lines.unreadable && requests === lines.otherRegistry)
    return [{ severity: 'warning', file, line, ...withoutTimes(file) }];
  const saysItself = announced.table !== null && lines.unreadable <= read / 2;
  if (requests > 0 || saysItself) return [];
  return lines.unreadable > read / 2
    ? [{ severity: 'error', file, line, ...inNoFormat(read) }]
    : [{ severity: 'warning', file, line: 0, ...ofNoRegistry(read) }];
}

const sinceStart = (file: string) => ({
  reason: `Lines of ${file} show only the seconds since the program started.`,
  remedy: 'Say under “Data” when it started, or keep the log with times (docker logs -t).',
});

const withoutTimes = (file: string) => ({
  reason: `Requests for manifests in ${file} show no time, so none of them can be counted.`,
  remedy:
    'Keep the log with times: docker logs -t, kubectl logs --timestamps, or the file that syslog writes (Harbor: /var/log/harbor/proxy.log).',
});

const inNoFormat = (lines: number) => ({
  reason: `${noneOf(lines)} in a format that this page reads.`,
  remedy: 'Drop an access log or the log of a registry, or define the format under “Data”, “Own formats”.',
});

const ofNoRegistry = (lines: number) => ({
  reason: `${noneOf(lines, 'asks')} a registry (/v2/…) or a hub (/resolve/…) for anything.`,
  remedy: 'Is this the log of the registry or hub?',
});

/** The beginning of a finding: "None of its 50,000 lines asks". */
function noneOf(lines: number, verb = 'is'): string {
  return `None of its ${lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`} ${verb}`;
}
