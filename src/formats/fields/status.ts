/** Methods, statuses and numbers of a line. In: bytes. Out: numbers, negative when they are none. */
import { byteAt, intAt } from '../bytes.ts';

/** nginx's status for a client that left before the answer; others write 0 or -1. */
const NO_ANSWER: i32 = 499;

/** The HTTP status for a gRPC code (Google) or an exception's name (ECR). */
export function errorStatus(p: i32, end: i32): i32 {
  if (byteAt(p) >= 0x30 && byteAt(p) <= 0x39) {
    const code = numberOf(p, end);
    if (code === 0) return 200;
    return code === 5 ? 404 : code === 7 ? 403 : code === 16 ? 401 : 500;
  }
  for (; p + 8 <= end; p++) {
    if (intAt(p) === 0x46746f4e) return 404; // "NotF"
    if (intAt(p) === 0x44737365 || intAt(p + 4) === 0x44737365) return 403; // "essD" of AccessDenied
  }
  return 400;
}

/** PUT, as methodOf tells it. */
export const METHOD_PUT: i32 = -2;

/** 0 HEAD, 1 GET, negative for another. */
export function methodOf(p: i32, end: i32): i32 {
  if (end - p === 3 && (intAt(p) & 0xdfdfdf) === 0x544547) return 1;
  if (end - p === 3 && (intAt(p) & 0xdfdfdf) === 0x545550) return METHOD_PUT;
  if (end - p === 4 && (intAt(p) & 0xdfdfdfdf) === 0x44414548) return 0;
  return -1;
}

/** A status of three digits, perhaps with a fraction or a text behind it; negative when it is none. */
export function readStatus(p: i32, end: i32): i32 {
  if (end - p >= 3) {
    const status = numberOf(p, p + 3);
    const isDigits =
      byteAt(p + 1) >= 0x30 && byteAt(p + 1) <= 0x39 && byteAt(p + 2) >= 0x30 && byteAt(p + 2) <= 0x39;
    const next = end > p + 3 ? byteAt(p + 3) : 0x20;
    if (isDigits && status >= 100 && (next < 0x30 || next > 0x39)) return status;
  }
  const isNone =
    (end - p === 1 && byteAt(p) === 0x30) || (end - p === 3 && (intAt(p) & 0xffffff) === 0x303030);
  const isMinus = end - p === 2 && byteAt(p) === 0x2d && byteAt(p + 1) === 0x31;
  return isNone || isMinus ? NO_ANSWER : -1;
}

/** A whole number; 0 when there is none. */
export function numberOf(p: i32, end: i32): i32 {
  let value: i32 = 0;
  for (; p < end && byteAt(p) >= 0x30 && byteAt(p) <= 0x39; p++) value = (value * 10 + byteAt(p) - 0x30) | 0;
  return value;
}
