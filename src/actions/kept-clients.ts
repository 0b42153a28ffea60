/**
 * Clients whose addresses were kept as hashes, beside those that a log has just told. In: the dictionary of clients,
 * and kept hashes. Out: one number for an address, however it came. Nothing is hashed until the first kept address comes.
 */
import { WordTable } from '../lib/word-table.ts';
import { hashAddress, isPrivate, readKept, type Salt, spellKept } from '../model/kept-address.ts';

const decoder = new TextDecoder();

export class KeptClients {
  /** Of this browser; null while there are no kept addresses. */
  private salt: Salt | null = null;
  /** Hashes by this browser's salt, and the client that each is. */
  private readonly hashes = new WordTable();
  private clientOf = new Uint32Array(1024);
  /** Words of the dictionary up to here have their hash in it. */
  private known = 0;
  /** The number in use of an address that came as a hash before. */
  private readonly aliases = new Map<number, number>();

  constructor(private readonly clients: WordTable) {}

  /** Addresses of this browser's hashes will come. */
  begin(salt: Salt): void {
    this.salt ??= salt;
  }

  /** Puts the number to use in place of that of a word of the dictionary, in `clients` from … to. */
  settleAll(clients: Uint32Array, from: number, to: number): void {
    if (!this.salt) return;
    this.hashAll();
    if (this.aliases.size === 0) return;
    for (let i = from; i < to; i++) clients[i] = this.aliases.get(clients[i]!) ?? clients[i]!;
  }

  /** The client with this hash. */
  numberOf(saltId: string, hash: Uint8Array, ofPrivateRange: boolean): number {
    this.hashAll();
    const isOwn = saltId === this.salt?.id;
    const known = this.hashes.size;
    const place = isOwn ? this.hashes.intern(hash, 0, hash.length) : known;
    if (place < known) return this.clientOf[place]!;
    const word = spellKept(saltId, hash, ofPrivateRange);
    const client = this.clients.intern(word, 0, word.length);
    this.known = this.clients.size;
    if (isOwn) this.setClient(place, client);
    return client;
  }

  /** The client that an address, or what is kept of one, has in rows; −1: none. */
  find(word: Uint8Array): number {
    const number = this.clients.findBytes(word);
    if (number >= 0) return this.aliases.get(number) ?? number;
    if (!this.salt) return -1;
    this.hashAll();
    const kept = readKept(word);
    if (kept && kept.saltId !== this.salt.id) return -1;
    const place = this.hashes.findBytes(kept?.hash ?? hashAddress(word, this.salt));
    return place < 0 ? -1 : this.clientOf[place]!;
  }

  /** Salt and hash of any client. */
  hashOf(client: number, salt: Salt): { saltId: string; hash: Uint8Array; isPrivate: boolean } {
    const word = this.clients.bytesOf(client);
    const kept = readKept(word);
    return {
      ...(kept ?? { saltId: salt.id, hash: hashAddress(word, salt) }),
      isPrivate: isPrivate(decoder.decode(word)),
    };
  }

  private hashAll(): void {
    for (; this.salt && this.known < this.clients.size; this.known++) {
      const hash = hashAddress(this.clients.bytesOf(this.known), this.salt);
      const known = this.hashes.size;
      const place = this.hashes.intern(hash, 0, hash.length);
      if (place < known) this.aliases.set(this.known, this.clientOf[place]!);
      else this.setClient(place, this.known);
    }
  }

  private setClient(place: number, client: number): void {
    if (place >= this.clientOf.length) {
      const grown = new Uint32Array(place * 2);
      grown.set(this.clientOf);
      this.clientOf = grown;
    }
    this.clientOf[place] = client;
  }
}
