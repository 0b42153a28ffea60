export type FileKind = 'text' | 'gzip' | 'empty' | 'unsupported';
import type { Problem } from '../model/problem.ts';
export interface FileLook {
  kind: FileKind;
  problem: Problem | null;
}
export async function recogniseFile(file: Blob, name: string): Promise<FileLook> {
  if (file.size === 0)
    return {
      kind: 'empty',
      problem: { severity: 'note', file: name, line: 0, reason: `${name} is empty.`, remedy: '' },
    };
  const head = new Uint8Array(await file.slice(0, 1 << 16).arrayBuffer());
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: 'gzip', problem: null };
  if (looksBinary(head))
    return {
      kind: 'unsupported',
      problem: {
        severity: 'error',
        file: name,
        line: 0,
        reason: `${name} is no text.`,
        remedy: 'Drop the log itself.',
      },
    };
  return { kind: 'text', problem: null };
}
export function looksBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 4096).includes(0);
}
