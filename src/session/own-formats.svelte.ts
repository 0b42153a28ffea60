/**
 * Log formats of the user's own. In: formats that were pasted, clicked together, stored or shared. Out: the list that
 * files are read with. It is kept in the browser until data is forgotten; a link carries one format and no data.
 */
import { type FoundFormat, MOST_OWN_FORMATS, type OwnFormat } from '../model/own-format.ts';
import type { Client } from '../pipeline/client.ts';
import { readStored, writeStored } from './stored.ts';

const KEY = 'pullscope-formats';
export const LONGEST_NAME = 60;

/** A format that a link offers. */
export interface OfferedFormat extends OwnFormat {
  found: FoundFormat;
}

export class OwnFormats {
  list = $state.raw<OwnFormat[]>([]);
  offered = $state.raw<OfferedFormat | null>(null);
  /** The dialog is shown. */
  isOpen = $state(false);
  /** Resolves when stored formats are in force. */
  readonly loaded: Promise<void>;
  readonly client: Client;
  private readonly use: (own: OwnFormat[]) => Promise<boolean>;
  private readonly retitle: () => Promise<void>;
  private readonly tellBadLink: () => void;

  /** use: reads everything again with these formats; retitle: shows their names anew. */
  constructor(
    client: Client,
    use: (own: OwnFormat[]) => Promise<boolean>,
    retitle: () => Promise<void>,
    tellBadLink: () => void,
  ) {
    this.client = client;
    this.use = use;
    this.retitle = retitle;
    this.tellBadLink = tellBadLink;
    this.loaded = this.load();
  }

  get isFull(): boolean {
    return this.list.length >= MOST_OWN_FORMATS;
  }

  /** The name under which the same format is there already. */
  nameOf(text: string): string | null {
    return this.list.find((format) => format.text === text)?.name ?? null;
  }

  async add(name: string, text: string): Promise<boolean> {
    if (this.isFull || this.nameOf(text) !== null) return false;
    return this.set([...this.list, { name: cleanName(name), text }]);
  }

  async remove(text: string): Promise<boolean> {
    return this.set(this.list.filter((format) => format.text !== text));
  }

  /** Other names count nothing anew. */
  async rename(text: string, name: string): Promise<void> {
    this.list = this.list.map((format) => (format.text === text ? { name: cleanName(name), text } : format));
    store(this.list);
    await this.client.renameFormats(this.list);
    await this.retitle();
  }

  /** Takes what a link carries behind its #; false when that is no format. */
  async readHash(hash: string): Promise<boolean> {
    const shared = formatOfHash(hash);
    if (!shared) return false;
    const found = await this.client.readFormat(shared.text);
    if (found) this.offered = { ...shared, found };
    else this.tellBadLink();
    return true;
  }

  /** Leaves nothing in the browser. */
  async forget(): Promise<void> {
    writeStored(KEY, null);
    if (this.list.length > 0) await this.client.readAgain({ own: [] }, () => {});
    this.list = [];
  }

  private async set(list: OwnFormat[]): Promise<boolean> {
    const isUsed = await this.use(list);
    if (isUsed) {
      this.list = list;
      store(list);
    }
    return isUsed;
  }

  private async load(): Promise<void> {
    const stored = parseStored(readStored(KEY));
    if (stored.length === 0) return;
    const known = await Promise.all(stored.map(({ text }) => this.client.readFormat(text)));
    const list = stored.filter((_, i) => known[i]).slice(0, MOST_OWN_FORMATS);
    if (list.length > 0) await this.client.readAgain({ own: list }, () => {});
    this.list = list;
  }
}

/** What a link carries behind its address: the format, never data. */
export function hashOfFormat({ name, text }: OwnFormat): string {
  return `#format=${encodeURIComponent(name)}:${text}`;
}

export function formatOfHash(hash: string): OwnFormat | null {
  const match = /^#format=([^:]*):(.*)$/.exec(hash);
  if (!match) return null;
  // Mail programs and chats encode more than is needed.
  const name = decoded(match[1]!);
  const text = decoded(match[2]!);
  return name === null || text === null ? { name: '', text: '' } : { name: cleanName(name), text };
}

/** One line, not too long, never empty. */
export function cleanName(name: string): string {
  const line = name
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .trim();
  return [...line].slice(0, LONGEST_NAME).join('').trim() || 'Own format';
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function store(list: OwnFormat[]): void {
  writeStored(KEY, list.length > 0 ? JSON.stringify(list) : null);
}

/** Storage may hold anything. */
export function parseStored(stored: string | null): OwnFormat[] {
  if (stored === null) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(stored);
  } catch {
    return [];
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((each: unknown): OwnFormat[] => {
    if (typeof each !== 'object' || each === null || !('name' in each) || !('text' in each)) return [];
    const { name, text } = each;
    return typeof name === 'string' && typeof text === 'string' ? [{ name: cleanName(name), text }] : [];
  });
}
