/**
 * Files that the system opens with the installed page. In: the browser's queue of launches. Out: files, taken like
 * dropped ones. Source: Web App Launch Handler API, File Handling API. Limits: only some browsers have it.
 */
import type { DiskHandle, OnDisk } from '../../model/on-disk.ts';

export interface Launch {
  readonly files?: readonly { getFile(): Promise<File> }[];
}
export interface LaunchQueue {
  setConsumer(consumer: (launch: Launch) => void): void;
}

export function takeLaunched(
  take: (files: File[], leftOut: { leftOut: number; lost: string[] }, onDisk: OnDisk[]) => void,
  queue: LaunchQueue | undefined = (globalThis as { launchQueue?: LaunchQueue }).launchQueue,
): void {
  queue?.setConsumer((launch) => void open(launch, take));
}

async function open({ files = [] }: Launch, take: Parameters<typeof takeLaunched>[0]): Promise<void> {
  if (files.length === 0) return;
  const lost: string[] = [];
  const opened: File[] = [];
  const onDisk: OnDisk[] = [];
  for (const handle of files) {
    try {
      const file = await handle.getFile();
      opened.push(file);
      onDisk.push({ handle: handle as DiskHandle, size: file.size });
    } catch {
      lost.push((handle as { name?: string }).name ?? '');
    }
  }
  take(opened, { leftOut: 0, lost }, onDisk);
}
