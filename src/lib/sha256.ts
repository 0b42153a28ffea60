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

export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  state.set(initial);
  for (let at = 0; at < padded.length; at += 64) mix(view, at);
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => hash.setInt32(i * 4, word));
  return new Uint8Array(hash.buffer);
}

const turn = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits));

function mix(view: DataView, at: number): void {
  const w = schedule;
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < ROUNDS; i++) {
    const [a, b] = [w[i - 15]!, w[i - 2]!];
    const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[i] = w[i - 16]! + low + w[i - 7]! + high;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < ROUNDS; i++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + constants[i]! + w[i]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = state[i]! + word));
}
