/** What a drop brings. In: the drop's data. Out: its files, and the names of folders, which are no files. */
export interface Dropped {
  files: File[];
  folders: string[];
}

export function readDrop(data: Pick<DataTransfer, 'items' | 'files'> | null): Dropped {
  const dropped: Dropped = { files: [], folders: [] };
  if (!data) return dropped;
  // All at once: after the event the list is empty.
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.();
    const file = item.getAsFile();
    if (entry?.isDirectory) dropped.folders.push(entry.name);
    else if (file) dropped.files.push(file);
  }
  if (data.items.length === 0) dropped.files.push(...data.files);
  return dropped;
}
