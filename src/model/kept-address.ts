/**
 * How an address is written once it is kept: as a salted hash of its text, 128 bits, with no way back to it but trying
 * all. In: an address, a salt. Out: a word for the dictionary of clients, told from any address by how it begins.
 * Hashes of another salt are other words, so an address of another browser's is counted apart.
 */
import { joinBytes } from '../lib/join-bytes.ts';
import { sha256 } from '../lib/sha256.ts';

/** Random, of one browser; `id` tells which without telling the salt. */
export interface Salt {
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export const HASH_BYTES = 16;
const SALT_BYTES = 32;
const ID_BYTES = 8;
/** #, whether the address is of a private range, the salt's id, the hash. */
export const KEPT_WORD_BYTES = 2 + 2 * (ID_BYTES + HASH_BYTES);
const HASH_START = 2 + 2 * ID_BYTES;
const DIGITS = '0123456789abcdef';
/** #, p and a. */
const [MARK, PRIVATE_MARK, ANY_MARK] = [0x23, 0x70, 0x61];

const PRIVATE =
  /^(?:::ffff:)?(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):|^::1$|^#p/i;

/** Of a private network (RFC 1918, RFC 4193, RFC 6598), loopback or link-local; also of a kept address. */
export const isPrivate = (word: string) => PRIVATE.test(word);

export function saltOf(bytes: Uint8Array<ArrayBuffer>): Salt {
  return { id: hex(sha256(joinBytes([bytes, new TextEncoder().encode('id')])).subarray(0, ID_BYTES)), bytes };
}

export const newSalt = () => saltOf(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));

export function hashAddress(address: Uint8Array, salt: Salt): Uint8Array {
  return sha256(joinBytes([salt.bytes, address])).subarray(0, HASH_BYTES);
}

/** The word of a kept address. */
export function spellKept(saltId: string, hash: Uint8Array, isPrivate: boolean): Uint8Array {
  const word = new Uint8Array(KEPT_WORD_BYTES);
  word[0] = MARK;
  word[1] = isPrivate ? PRIVATE_MARK : ANY_MARK;
  for (let i = 0; i < saltId.length; i++) word[2 + i] = saltId.charCodeAt(i);
  for (let i = 0; i < hash.length; i++) {
    word[HASH_START + 2 * i] = DIGITS.charCodeAt(hash[i]! >> 4);
    word[HASH_START + 2 * i + 1] = DIGITS.charCodeAt(hash[i]! & 15);
  }
  return word;
}

/** Salt and hash of a kept address; null: the word is an address. */
export function readKept(word: Uint8Array): { saltId: string; hash: Uint8Array } | null {
  if (!isKept(word)) return null;
  const hash = new Uint8Array(HASH_BYTES);
  for (let i = 0; i < HASH_BYTES; i++)
    hash[i] = (digitOf(word[HASH_START + 2 * i]!) << 4) | digitOf(word[HASH_START + 2 * i + 1]!);
  return { saltId: String.fromCharCode(...word.subarray(2, HASH_START)), hash };
}

/** Whether the word is what is kept of an address. */
export function isKept(word: Uint8Array): boolean {
  if (word.length !== KEPT_WORD_BYTES || word[0] !== MARK) return false;
  let isWhole = word[1] === PRIVATE_MARK || word[1] === ANY_MARK;
  for (let at = 2; at < KEPT_WORD_BYTES; at++) isWhole &&= digitOf(word[at]!) >= 0;
  return isWhole;
}

/** −1: it is none. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x61 + 10 : -1;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
