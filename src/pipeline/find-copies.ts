/**
 * Which logs are there twice. In: facts of logs, one after the other. Out: the name of the log that each is a copy of.
 * Two files are the same when all their bytes are; two that are packed in different ways when all of their contents
 * hash alike (128 bits), which is asked only where their beginnings do.
 */
import { isPlain } from '../intake/content.ts';
import type { FileFacts } from './look-at-file.ts';

/** Questions that need the files themselves. */
export interface Ask {
  isSame(a: Blob, b: Blob): Promise<boolean>;
  /** null when it cannot be read. */
  hashContent(content: FileFacts['content']): Promise<string | null>;
  /** Bytes that it unpacks to; null when it cannot be read. */
  sizeOf(content: FileFacts['content']): Promise<number | null>;
}

export class Copies {
  /** Logs that are no copies, and those of them that begin alike. */
  private readonly held: FileFacts[] = [];
  private readonly byContentKey = new Map<string, FileFacts[]>();

  get length(): number {
    return this.held.length;
  }

  /** Forgets those that came later. */
  truncate(length: number): void {
    for (const { contentKey } of this.held.splice(length)) this.byContentKey.get(contentKey)!.pop();
  }

  /** The name of the same log that came before; null: there is none, and this one is kept. */
  async find(facts: FileFacts, ask: Ask): Promise<string | null> {
    const alike = this.byContentKey.get(facts.contentKey) ?? [];
    for (const held of alike) if (await isCopy(held, facts, ask)) return held.content.name;
    this.byContentKey.set(facts.contentKey, alike);
    alike.push(facts);
    this.held.push(facts);
    return null;
  }
}

/** Of logs that begin alike. */
async function isCopy(held: FileFacts, facts: FileFacts, ask: Ask): Promise<boolean> {
  const [a, b] = [held.content, facts.content];
  if (held.withoutBytes || facts.withoutBytes) return isCopyOfKept(held, facts, ask);
  if (held.contentHash !== null && facts.contentHash !== null) return held.contentHash === facts.contentHash;
  if (held.fingerprint === facts.fingerprint && (await ask.isSame(a.blob, b.blob))) return true;
  // Of two plain files the bytes have told.
  if (isPlain(a) && isPlain(b)) return false;
  held.contentHash ??= await ask.hashContent(a);
  facts.contentHash ??= await ask.hashContent(b);
  return held.contentHash !== null && held.contentHash === facts.contentHash;
}

/** Of a file that was kept its bytes are not here: one that begins alike and is as long is taken for the same. */
async function isCopyOfKept(held: FileFacts, facts: FileFacts, ask: Ask): Promise<boolean> {
  if (held.fingerprint === facts.fingerprint) return true;
  if (held.contentHash !== null && facts.contentHash !== null) return held.contentHash === facts.contentHash;
  const isPlainOnDisk = ({ content, withoutBytes }: FileFacts) => withoutBytes?.isPlain ?? isPlain(content);
  if (isPlainOnDisk(held) && isPlainOnDisk(facts)) return false;
  const sizes = [held, facts].map(({ content, withoutBytes }) =>
    withoutBytes ? withoutBytes.size : isPlain(content) ? content.blob.size : ask.sizeOf(content),
  );
  const [a, b] = await Promise.all(sizes);
  return a !== null && a === b;
}
