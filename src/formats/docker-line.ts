/**
 * {"log":"…","stream":"stdout","time":"…Z"} to the byte, as Docker writes most lines: other keys need not be looked for.
 * In: a line, and where its body is to be unescaped. Out: where that ends, its stream and time noted; 0: the line is not
 * just that.
 */
import { byteAt, findByte, intAt } from './bytes.ts';
import { stringEnd, unescapeJson } from './json.ts';
import { keepOuterText } from './record.ts';
import { setStream } from './wrappers.ts';

export function takeDocker(start: i32, end: i32, body: i32): i32 {
  // {"log":"
  if (intAt(start) !== 0x6f6c227b || intAt(start + 4) !== 0x223a2267) return 0;
  const stop = unescapeJson(start + 8, end, body);
  const to = stringEnd;
  const time = to + 28;
  // ","stream":"std and ","time":" with out or err between; a time is 20 to 30 bytes long
  if (end - time < 22 || end - time > 32 || intAt(to) !== 0x73222c22 || intAt(to + 4) !== 0x61657274)
    return 0;
  const isOut = intAt(to + 12) === 0x6f647473 && intAt(to + 16) === 0x2c227475;
  const isError = intAt(to + 12) === 0x65647473 && intAt(to + 16) === 0x2c227272;
  if (intAt(to + 8) !== 0x223a226d || (!isOut && !isError)) return 0;
  if (intAt(to + 20) !== 0x6d697422 || intAt(to + 24) !== 0x223a2265) return 0;
  if (byteAt(end - 1) !== 0x7d || findByte(time, end, 0x22) !== end - 2 || byteAt(end - 3) !== 0x5a) return 0;
  keepOuterText(time, end - 2);
  setStream(isOut ? 1 : 2);
  return stop;
}
