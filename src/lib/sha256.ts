/**
 * SHA-256 of a few bytes, at once: the browser's own answers later, which costs more than the hash for short texts.
 * In: bytes. Out: 32 bytes. Source: FIPS 180-4; the constants are computed as it defines them.
 */
const ROUNDS = 64;
const constants = new Int32Array(ROUNDS);
const initial = new Int32Array(8);
{
  const fraction = (root: number) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  let count = 0;
  for (let n = 2; count < ROUNDS; n++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) isPrime = false;
    if (!isPrime) continue;
    if (count < 8) initial[count] = fraction(Math.sqrt(n));
    constants[count++] = fraction(Math.cbrt(n));
  }
}

const schedule = new Int32Array(ROUNDS);
const state = new Int32Array(8);
/** What is hashed, with its end; longer texts get room when they come. */
let padded = new Uint8Array(256);

export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = (((bytes.length + 8) >> 6) + 1) << 6;
  if (length > padded.length) padded = new Uint8Array(length);
  padded.set(bytes);
  padded.fill(0, bytes.length, length);
  padded[bytes.length] = 0x80;
  // The number of bits, in eight bytes.
  for (let i = 0, bits = bytes.length * 8; i < 8; i++, bits = Math.floor(bits / 256))
    padded[length - 1 - i] = bits;
  state.set(initial);
  for (let at = 0; at < length; at += 64) mix(padded, at);
  const hash = new Uint8Array(32);
  for (let i = 0; i < 32; i++) hash[i] = state[i >> 2]! >>> (24 - 8 * (i & 3));
  return hash;
}

const turn = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits));

function mix(bytes: Uint8Array, start: number): void {
  const w = schedule;
  for (let i = 0, at = start; i < 16; i++, at += 4)
    w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  for (let i = 16; i < ROUNDS; i++) {
    const a = w[i - 15]!;
    const b = w[i - 2]!;
    const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[i] = w[i - 16]! + low + w[i - 7]! + high;
  }
  let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
  let [e, f, g, h] = [state[4]!, state[5]!, state[6]!, state[7]!];
  for (let i = 0; i < ROUNDS; i++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + constants[i]! + w[i]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}
