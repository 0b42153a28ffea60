/**
 * What a drop or a chosen folder brings. In: the drop's data, or the browser's list of a folder's files. Out: files, in
 * order of their paths; a file of a folder is named by its path from that folder on. Source: File and Directory Entries
 * API. Limits: hidden files and the like are counted, not looked at (model/left-out.ts).
 */
import { isLeftOut } from '../../model/left-out.ts';
import type { DiskHandle, OnDisk } from '../../model/on-disk.ts';

export interface Dropped {
  files: File[];
  /** Hidden files, pictures and the like in folders. */
  leftOut: number;
  /** Paths of what the browser could not open. */
  lost: string[];
  /** Where they are on the disk, as far as the browser tells; nothing where it has no such handles. */
  onDisk?: OnDisk[];
}

/** What TypeScript does not know of it. */
type DroppedItem = DataTransferItem & { getAsFileSystemHandle?(): Promise<DiskHandle | null> };

/** The drop's data must be asked within its event, so everything before the first wait happens at once. */
export async function readDrop(data: Pick<DataTransfer, 'items' | 'files'> | null): Promise<Dropped> {
  const dropped: Dropped = { files: [], leftOut: 0, lost: [] };
  if (!data) return dropped;
  const folders: FileSystemDirectoryEntry[] = [];
  const handles: Promise<OnDisk | null>[] = [];
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.();
    const file = item.getAsFile();
    handles.push(onDisk(item, file));
    if (entry?.isDirectory) folders.push(entry as FileSystemDirectoryEntry);
    else if (file) dropped.files.push(file);
  }
  if (data.items.length === 0) dropped.files.push(...data.files);
  const found: File[] = [];
  for (const folder of folders) await walk(folder, found, dropped);
  dropped.files.push(...inOrder(found));
  const known = (await Promise.all(handles)).filter((each) => each !== null);
  return known.length > 0 ? { ...dropped, onDisk: known } : dropped;
}

async function onDisk(item: DroppedItem, file: File | null): Promise<OnDisk | null> {
  // What is dragged from another program may be no file of the disk.
  const handle = await item.getAsFileSystemHandle?.().catch(() => null);
  return handle ? { handle, size: handle.kind === 'file' ? (file?.size ?? 0) : 0 } : null;
}

/** The files of a folder that was chosen. */
export function readFolder(files: Iterable<File>): Dropped {
  const all = [...files].map((file) => named(file, file.webkitRelativePath || file.name));
  const kept = all.filter(({ name }) => !isLeftOut(name));
  return { files: inOrder(kept), leftOut: all.length - kept.length, lost: [] };
}

async function walk(folder: FileSystemDirectoryEntry, found: File[], dropped: Dropped): Promise<void> {
  for (const entry of await entriesOf(folder, dropped)) {
    const path = entry.fullPath.replace(/^\//, '');
    if (isLeftOut(path)) dropped.leftOut++;
    else if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, found, dropped);
    else {
      const file = await new Promise<File | null>((resolve) =>
        (entry as FileSystemFileEntry).file(resolve, () => resolve(null)),
      );
      if (file) found.push(named(file, path));
      else dropped.lost.push(path);
    }
  }
}

/** A reader hands out some entries (100 in Chromium) each time it is asked, and none once there are no more. */
async function entriesOf(folder: FileSystemDirectoryEntry, dropped: Dropped): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[] | null>((resolve) =>
      reader.readEntries(resolve, () => resolve(null)),
    );
    if (some === null) dropped.lost.push(folder.fullPath.replace(/^\//, ''));
    if (!some?.length) return entries;
    entries.push(...some);
  }
}

/** The same bytes on disk by another name; nothing is read. */
const named = (file: File, path: string) => new File([file], path, { lastModified: file.lastModified });

const inOrder = (files: File[]) => files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
