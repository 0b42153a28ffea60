/**
 * Where a long file goes. In: a name. Out: a place on the disk that the person chooses, where the browser has such a
 * dialog; else a download made of parts, which the browser keeps on the disk as well. Limits: of a download nothing can
 * be seen before it is whole.
 */
import { handOver } from './hand-over.ts';

export interface FileSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/** What the dialog answers with, as far as it is used; TypeScript does not know it. */
interface SaveDialog {
  showSaveFilePicker?(options: {
    suggestedName: string;
  }): Promise<FileSystemFileHandle & { remove?(): Promise<void> }>;
}

/** null: the person chose no place. Must be called while their click counts. */
export async function openSink(name: string): Promise<FileSink | null> {
  const { showSaveFilePicker } = globalThis as SaveDialog;
  if (!showSaveFilePicker) return downloadSink(name);
  try {
    const handle = await showSaveFilePicker.call(globalThis, { suggestedName: name });
    const stream = await handle.createWritable();
    return {
      write: (bytes) => stream.write(bytes),
      close: () => stream.close(),
      async abandon() {
        await stream.abort();
        // The dialog has made an empty file already.
        await handle.remove?.();
      },
    };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    // A frame of another site may not open it.
    if (error instanceof DOMException && error.name === 'SecurityError') return downloadSink(name);
    throw error;
  }
}

function downloadSink(name: string): FileSink {
  // A Blob each, so that the bytes leave the page's memory.
  let parts: Blob[] = [];
  return {
    async write(bytes) {
      parts.push(new Blob([bytes]));
    },
    async close() {
      handOver(name, new Blob(parts));
    },
    async abandon() {
      parts = [];
    },
  };
}
