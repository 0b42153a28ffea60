import { describe, expect, it } from 'vitest';
import { readDrop } from '../../src/views/start/read-drop.ts';

const item = (kind: string, file: File | null, isDirectory = false) => ({
  kind,
  getAsFile: () => file,
  webkitGetAsEntry: () => (kind === 'file' ? { isDirectory, name: file?.name ?? '' } : null),
});
const drop = (items: unknown[], files: File[] = []) => readDrop({ items, files } as unknown as DataTransfer);
const log = new File(['x'], 'access.log');

describe('a drop', () => {
  it('brings files', () => {
    expect(drop([item('file', log), item('string', null)])).toEqual({ files: [log], folders: [] });
  });

  it('names folders', () => {
    expect(drop([item('file', new File([], 'logs'), true)])).toEqual({ files: [], folders: ['logs'] });
  });

  it('may bring nothing', () => {
    expect(drop([item('string', null)])).toEqual({ files: [], folders: [] });
    expect(readDrop(null)).toEqual({ files: [], folders: [] });
  });

  it('takes the plain list of files where there are no items', () => {
    expect(drop([], [log]).files).toEqual([log]);
  });
});
