/**
 * Kept files that are read again from the disk with one click. In: handles, as drops and launches bring them, and what is
 * kept. Out: which of it can be read again, and its files. Source: File System API. Limits: where a browser hands out no
 * handles nothing is offered; it asks the person before it reads again.
 */
import type { KeptRef } from '../model/kept-file.ts';
import { isLeftOut } from '../model/left-out.ts';
import type { DiskHandle, OnDisk } from '../model/on-disk.ts';
import type { Client } from '../pipeline/client.ts';

const MOST = 10;

export class DiskFiles {
  /** Of what is kept; the latest first. */
  offered = $state.raw<readonly OnDisk[]>([]);
  private given: OnDisk[] = [];
  private asked = 0;

  constructor(private readonly client: Client) {}

  /** What files were given with. */
  note(entries: readonly OnDisk[]): void {
    this.given.unshift(...entries);
  }

  /** What is kept now, or was kept before. */
  async show(kept: readonly KeptRef[]): Promise<void> {
    const question = ++this.asked;
    const before = kept.length > 0 ? await this.client.memory.handles() : [];
    const offered = await chosen([...this.given, ...before], kept);
    if (question === this.asked) this.offered = offered;
  }

  /** The same, and remembers it. */
  async keep(kept: readonly KeptRef[]): Promise<void> {
    await this.show(kept);
    await this.client.memory.saveHandles(this.offered);
  }

  forget(): void {
    this.asked++;
    this.given = [];
    this.offered = [];
  }

  /** Must be called while the person's click counts: the browser may ask them. */
  async read(): Promise<{ files: File[]; lost: string[] }> {
    const files: File[] = [];
    const lost: string[] = [];
    for (const { handle } of this.offered) {
      try {
        if (!(await isAllowed(handle))) lost.push(handle.name);
        else if (handle.kind === 'file') files.push(await this.readFile(handle));
        else await walk(handle, handle.name, files);
      } catch {
        // It was moved or deleted since.
        lost.push(handle.name);
      }
    }
    return { files, lost };
  }

  private async readFile(handle: FileSystemFileHandle): Promise<File> {
    const file = await handle.getFile();
    this.note([{ handle, size: file.size }]);
    return file;
  }
}

/** Those that belong to what is kept, each once. A name alone may be that of another file. */
async function chosen(entries: readonly OnDisk[], kept: readonly KeptRef[]): Promise<OnDisk[]> {
  const found: OnDisk[] = [];
  for (const entry of entries) {
    const { handle, size } = entry;
    const isKept = kept.some(({ summary }) =>
      handle.kind === 'file'
        ? summary.name === handle.name && summary.size === size
        : summary.name.startsWith(`${handle.name}/`),
    );
    if (!isKept || found.length === MOST) continue;
    const same = await Promise.all(found.map((each) => each.handle.isSameEntry(handle)));
    if (!same.includes(true)) found.push(entry);
  }
  return found;
}

async function isAllowed(handle: DiskHandle): Promise<boolean> {
  const wish = { mode: 'read' } as const;
  const state = (await handle.queryPermission?.(wish)) ?? 'granted';
  return (state === 'prompt' ? await handle.requestPermission?.(wish) : state) === 'granted';
}

/** As a folder that is dropped: files by their paths. */
async function walk(folder: FileSystemDirectoryHandle, path: string, found: File[]): Promise<void> {
  for await (const handle of folder.values()) {
    const own = `${path}/${handle.name}`;
    if (isLeftOut(own)) continue;
    if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, own, found);
    else {
      const file = await (handle as FileSystemFileHandle).getFile();
      found.push(new File([file], own, { lastModified: file.lastModified }));
    }
  }
}
