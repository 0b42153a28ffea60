/**
 * Text that JSON holds as a list of its bytes, [104,105], as journalctl writes what is not clean. In: the first number's
 * place. Out: the bytes, elsewhere. Limits: whole numbers only; bytes are not looked at.
 */
import { byteAt, put8 } from './bytes.ts';

/** Whether a list begins right before p. */
export function isByteList(p: i32): boolean {
  do p--;
  while (byteAt(p) === 0x20);
  return byteAt(p) === 0x5b;
}

/** Puts the bytes of a list to `to`; answers the end there. Control characters become blanks. */
export function takeByteList(p: i32, end: i32, to: i32): i32 {
  let value: i32 = -1;
  for (; p < end; p++) {
    const byte = byteAt(p);
    if (byte >= 0x30 && byte <= 0x39) value = ((value < 0 ? 0 : value) * 10 + (byte - 0x30)) & 0xff;
    else if (value >= 0) {
      put8(to++, value < 0x20 && value !== 0x1b && value !== 0x09 ? 0x20 : value);
      value = -1;
    }
    if (byte === 0x5d) break;
  }
  return to;
}
