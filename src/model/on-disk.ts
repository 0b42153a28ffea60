/**
 * A file or folder on the disk that can be read again without a dialog, where the browser hands out handles.
 * Source: File System API, with what Chromium's permissions add to it.
 */
import type { Bytes } from './units.ts';

export type DiskHandle = (FileSystemFileHandle | FileSystemDirectoryHandle) & {
  queryPermission?(wish: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(wish: { mode: 'read' }): Promise<PermissionState>;
};

export interface OnDisk {
  handle: DiskHandle;
  /** What the file was when it was given; of a folder 0. */
  size: Bytes;
}
