/** Reading kept files again from the disk: which are offered, what is asked, what cannot be read any more. */
import { expect, test } from 'vitest';
import type { KeptRef } from '../../src/model/kept-file.ts';
import type { DiskHandle, OnDisk } from '../../src/model/on-disk.ts';
import { DiskFiles } from '../../src/session/disk-files.svelte.ts';
import { createFakeClient } from '../helpers/fake-client.ts';

interface Fake {
  name: string;
  text?: string;
  /** Of a folder. */
  inside?: Fake[];
  permission?: PermissionState;
  /** What the person answers. */
  answer?: PermissionState;
  isGone?: boolean;
}

function handle(fake: Fake): DiskHandle {
  const { name, inside, permission = 'granted', answer = 'denied' } = fake;
  return {
    ...{ name, kind: inside ? 'directory' : 'file', fake },
    isSameEntry: async (other: { fake: Fake }) => other.fake === fake,
    queryPermission: async () => permission,
    requestPermission: async () => answer,
    getFile: async () => {
      if (fake.isGone) throw new DOMException('It is gone.', 'NotFoundError');
      return new File([fake.text ?? ''], name, { lastModified: 7 });
    },
    async *values() {
      yield* (inside ?? []).map(handle);
    },
  } as unknown as DiskHandle;
}
const onDisk = (fake: Fake): OnDisk => ({ handle: handle(fake), size: fake.text?.length ?? 0 });
const kept = (...files: [name: string, size: number][]) =>
  files.map(([name, size]) => ({ summary: { name, size } }) as KeptRef);

/** stored: as an earlier page left it. */
function opened(stored: OnDisk[] = []) {
  const client = createFakeClient();
  const saved: string[][] = [];
  client.memory.handles = async () => stored;
  client.memory.saveHandles = async (entries) => void saved.push(entries.map(({ handle: { name } }) => name));
  return { disk: new DiskFiles(client), saved };
}
const offeredBy = (disk: DiskFiles) => disk.offered.map(({ handle: { name } }) => name);

test('what was given and is kept is offered and remembered, each once, ten at most', async () => {
  const log = { name: 'a.log', text: 'xy' };
  const { disk, saved } = opened([onDisk(log), onDisk({ name: 'gone.log', text: 'x' })]);
  disk.note([onDisk(log), onDisk({ name: 'logs', inside: [] })]);
  // Another file of that name, which is not the one that is kept.
  disk.note([onDisk({ name: 'a.log', text: 'xyz' })]);
  await disk.keep(kept(['a.log', 2], ['logs/b.log', 5], ['logsx/c.log', 5]));
  expect(offeredBy(disk)).toEqual(['a.log', 'logs']);
  expect(saved).toEqual([['a.log', 'logs']]);
  disk.note(Array.from({ length: 12 }, (_, i) => onDisk({ name: `${i}.log` })));
  await disk.show(kept(...Array.from({ length: 12 }, (_, i): [string, number] => [`${i}.log`, 0])));
  expect(offeredBy(disk)).toHaveLength(10);
  disk.forget();
  await disk.show([]);
  expect(offeredBy(disk)).toEqual([]);
});

test('files and folders are read as when they were dropped, and what fails is named', async () => {
  const folder = {
    name: 'logs',
    inside: [
      { name: 'new.log', text: 'n' },
      { name: '.hidden', text: 'h' },
      { name: 'old', inside: [{ name: 'o.log', text: 'o' }] },
    ],
  };
  const { disk } = opened([
    onDisk({ name: 'a.log', text: 'xy', permission: 'prompt', answer: 'granted' }),
    onDisk(folder),
    onDisk({ name: 'refused.log', permission: 'prompt' }),
    onDisk({ name: 'denied.log', permission: 'denied', answer: 'granted' }),
    onDisk({ name: 'moved.log', isGone: true }),
  ]);
  await disk.show(kept(['a.log', 2], ['logs/x', 1], ['refused.log', 0], ['denied.log', 0], ['moved.log', 0]));
  const { files, lost } = await disk.read();
  expect(files.map(({ name, lastModified }) => [name, lastModified])).toEqual([
    ['a.log', 7],
    ['logs/new.log', 7],
    ['logs/old/o.log', 7],
  ]);
  expect(await files[2]!.text()).toBe('o');
  expect(lost).toEqual(['refused.log', 'denied.log', 'moved.log']);
});

test('a file that has grown is known again by its new size', async () => {
  const log: Fake = { name: 'a.log', text: 'xy' };
  const { disk } = opened([onDisk(log)]);
  await disk.show(kept(['a.log', 2]));
  log.text = 'xyz';
  await disk.read();
  await disk.show(kept(['a.log', 3]));
  expect(offeredBy(disk)).toEqual(['a.log']);
});
