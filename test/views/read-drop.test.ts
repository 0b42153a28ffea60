import { describe, expect, it } from 'vitest';
import { readDrop, readFolder } from '../../src/views/start/read-drop.ts';

/** A folder: names to contents, folders, or null for what cannot be opened. */
type Tree = { [name: string]: string | Tree | null };

function entry(name: string, content: string | Tree | null, above = ''): FileSystemEntry {
  const fullPath = `${above}/${name}`;
  if (content === null || typeof content === 'string') {
    const file = (done: (file: File) => void, failed: () => void) =>
      content === null ? failed() : done(new File([content], name, { lastModified: 5 }));
    return { name, fullPath, isDirectory: false, isFile: true, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const entries = Object.entries(content).map(([each, inside]) => entry(each, inside, fullPath));
    // Two at a time, as browsers hand out a hundred.
    return { readEntries: (done: (some: FileSystemEntry[]) => void) => done(entries.splice(0, 2)) };
  };
  return { name, fullPath, isDirectory: true, isFile: false, createReader } as unknown as FileSystemEntry;
}

const item = (kind: string, file: File | null, folder: FileSystemEntry | null = null) => ({
  kind,
  getAsFile: () => file,
  webkitGetAsEntry: () => folder ?? (kind === 'file' ? { isDirectory: false } : null),
});
const drop = (items: unknown[], files: File[] = []) => readDrop({ items, files } as unknown as DataTransfer);
const dropFolder = (name: string, tree: Tree) => drop([item('file', null, entry(name, tree))]);
const names = (files: File[]) => files.map(({ name }) => name);
const log = new File(['x'], 'access.log');

describe('a drop', () => {
  it('brings files', async () => {
    expect(await drop([item('file', log), item('string', null)])).toEqual({
      files: [log],
      leftOut: 0,
      lost: [],
    });
  });

  it('tells where files are on the disk, where the browser does', async () => {
    const handle = { kind: 'file', name: 'access.log' };
    const withHandle = (answer: Promise<unknown>) => ({
      ...item('file', log),
      getAsFileSystemHandle: () => answer,
    });
    expect((await drop([withHandle(Promise.resolve(handle))])).onDisk).toEqual([{ handle, size: 1 }]);
    const dragged = [Promise.resolve(null), Promise.reject(new Error('It is not of the disk.'))];
    expect(await drop(dragged.map(withHandle))).toEqual({ files: [log, log], leftOut: 0, lost: [] });
  });

  it('may bring nothing', async () => {
    expect(await drop([item('string', null)])).toEqual({ files: [], leftOut: 0, lost: [] });
    expect(await readDrop(null)).toEqual({ files: [], leftOut: 0, lost: [] });
  });

  it('takes the plain list of files where there are no items', async () => {
    expect((await drop([], [log])).files).toEqual([log]);
  });

  it('brings all files of a folder and of the folders in it, by their paths, in order', async () => {
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`access.log.${i}`, `${i}`]));
    const { files, leftOut, lost } = await dropFolder('logs', { web: { old: { 'a.log': 'a' } }, ...many });
    expect(names(files)).toEqual([...Object.keys(many).map((name) => `logs/${name}`), 'logs/web/old/a.log']);
    expect(await files.at(-1)!.text()).toBe('a');
    expect(files[0]!.lastModified).toBe(5);
    expect([leftOut, lost]).toEqual([0, []]);
  });

  it('counts hidden files and pictures, and names what cannot be opened', async () => {
    const dropped = await dropFolder('logs', {
      '.DS_Store': 'x',
      '.git': { config: 'x', HEAD: 'x' },
      'chart.PNG': 'x',
      'a.log': 'x',
      'locked.log': null,
    });
    expect(names(dropped.files)).toEqual(['logs/a.log']);
    expect(dropped).toMatchObject({ leftOut: 3, lost: ['logs/locked.log'] });
  });

  it('asks for everything within the event, and brings files before folders', async () => {
    const items = [item('file', null, entry('logs', { 'a.log': 'a' })), item('file', log)];
    const bringing = drop(items);
    items.length = 0;
    expect(names((await bringing).files)).toEqual(['access.log', 'logs/a.log']);
  });
});

it('a chosen folder brings the same', () => {
  const inFolder = (path: string) =>
    Object.defineProperty(new File(['x'], path.replace(/.*\//, '')), 'webkitRelativePath', { value: path });
  const chosen = readFolder(['logs/b.log', 'logs/.hidden', 'logs/a/c.log'].map(inFolder));
  expect(names(chosen.files)).toEqual(['logs/a/c.log', 'logs/b.log']);
  expect(chosen).toMatchObject({ leftOut: 1, lost: [] });
});
