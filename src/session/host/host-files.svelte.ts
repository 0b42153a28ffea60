/**
 * The files that the page's host lists. In: pullscope.json beside the page. Out: files, read from the page's own server
 * into blobs that the browser may keep on disk, with progress; and what was not possible. Limits: one file after another.
 */
import { type HostList, type ListedFile, readHostList } from './host-list.ts';

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface HostProgress {
  name: string;
  file: number;
  files: number;
  bytes: number;
  /** Of this file; 0: the server does not say. */
  bytesTotal: number;
}

const LIST = 'pullscope.json';
/** Nothing of the address that led here is told, and logins go to the page's own server only. */
const REQUEST = { credentials: 'same-origin', referrerPolicy: 'no-referrer', cache: 'no-cache' } as const;

export class HostFiles {
  title = $state('');
  problems = $state.raw<string[]>([]);
  progress = $state.raw<HostProgress | null>(null);
  /** Waiting to be taken. */
  files = $state.raw<File[] | null>(null);
  private stopper = new AbortController();

  constructor(private readonly fetch: Fetch = (address, init) => globalThis.fetch(address, init)) {}

  /** base: the address of the page. */
  async load(base: string, onlist: (list: HostList) => void): Promise<void> {
    const source = new URL(LIST, base).href;
    const text = await this.ask(LIST, source, (response) => response.text());
    if (text === null) return;
    const list = readHostList(text, source);
    this.title = list.title;
    this.problems = list.problems;
    onlist(list);
    const files: File[] = [];
    for (const [i, listed] of list.files.entries()) {
      const at = { name: listed.name, file: i + 1, files: list.files.length };
      this.progress = { ...at, bytes: 0, bytesTotal: 0 };
      const file = await this.ask(listed.name, listed.address, (response) =>
        fileOf(listed, response, (bytes, bytesTotal) => (this.progress = { ...at, bytes, bytesTotal })),
      );
      if (this.stopper.signal.aborted) break;
      if (file) files.push(file);
    }
    this.progress = null;
    if (files.length > 0 && !this.stopper.signal.aborted) this.files = files;
  }

  handOver(): File[] {
    const files = this.files ?? [];
    this.files = null;
    return files;
  }

  stop(): void {
    this.stopper.abort();
    this.progress = null;
  }

  private async ask<T>(
    name: string,
    address: string,
    read: (response: Response) => Promise<T>,
  ): Promise<T | null> {
    try {
      const response = await this.fetch(address, { ...REQUEST, signal: this.stopper.signal });
      if (response.ok) return await read(response);
      const answer = `${response.status} ${response.statusText}`.trim();
      this.problems = [...this.problems, `${name} could not be read: the server answers ${answer}.`];
    } catch {
      // The browser tells no more than that it failed.
      if (!this.stopper.signal.aborted)
        this.problems = [
          ...this.problems,
          `${name} could not be read: no answer, or one from another server.`,
        ];
    }
    return null;
  }
}

async function fileOf(
  { name }: ListedFile,
  response: Response,
  onbytes: (bytes: number, bytesTotal: number) => void,
): Promise<File> {
  // What was compressed on the way is longer than the header says.
  const total = response.headers.has('content-encoding')
    ? 0
    : Number(response.headers.get('content-length') ?? 0);
  let bytes = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.length;
      onbytes(bytes, total);
      controller.enqueue(chunk);
    },
  });
  const body = response.body?.pipeThrough(counter) ?? null;
  const blob = await new Response(body).blob();
  const changed = Date.parse(response.headers.get('last-modified') ?? '');
  return new File([blob], name, Number.isNaN(changed) ? {} : { lastModified: changed });
}
