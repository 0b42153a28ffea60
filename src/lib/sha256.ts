/**
 * SHA-256 of bytes, whole or piece by piece, and at once: the browser's own answers later, which costs more than the hash
 * for short texts. The one door of @noble/hashes.
 */
export { sha256 } from '@noble/hashes/sha2.js';
