/**
 * Clients whose addresses were kept as hashes, beside those that a log has just told. In: the dictionary of clients,
 * and kept hashes. Out: one number for an address, however it came. Nothing is hashed until the first kept address comes.
 */
import { WordTable } from '../lib/word-table.ts';
import {
  HASH_BYTES,
  hashAddress,
  isPrivate,
  KEPT_WORD_BYTES,
  readKept,
  type Salt,
  spellKept,
} from '../model/kept-address.ts';

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

  /** The clients with these hashes, which stand one behind the other; and whether each is of a private range. */
  numbersOf(saltId: string, hashes: Uint8Array, ofPrivateRange: Uint8Array): Uint32Array {
    this.hashAll();
    const isOwn = saltId === this.salt?.id;
    const places = new Uint32Array(ofPrivateRange.length);
    /** Places of those that are new, and their words: the dictionary takes many at once. */
    const fresh: number[] = [];
    const words = new Uint8Array(ofPrivateRange.length * KEPT_WORD_BYTES);
    for (let i = 0; i < places.length; i++) {
      const known = isOwn ? this.hashes.size : i;
      places[i] = isOwn ? this.hashes.intern(hashes, i * HASH_BYTES, (i + 1) * HASH_BYTES) : i;
      if (places[i]! < known) continue;
      const hash = hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
      words.set(spellKept(saltId, hash, ofPrivateRange[i] === 1), fresh.length * KEPT_WORD_BYTES);
      fresh.push(places[i]!);
    }
    const ends = Uint32Array.from(fresh, (_, word) => (word + 1) * KEPT_WORD_BYTES);
    const clients = new Uint32Array(fresh.length);
    this.clients.internAll(words, ends, clients, 0);
    this.known = this.clients.size;
    if (!isOwn) return clients;
    fresh.forEach((place, word) => this.setClient(place, clients[word]!));
    return places.map((place) => this.clientOf[place]!);
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
