/**
 * Manifests that were pushed: PUT requests, which are no actions and make no rows; they only tell which HEADs a push
 * made. In: the target and the time that were read last, and whose request it was. Out: for each, its time and three
 * words: client, repository, agent. These are rare, so words are written out and stay out of the dictionaries.
 */
import { alloc, copyBytes, intAt, lowBits, put32, put8 } from './bytes.ts';
import { nameEnd, nameStart, prefixEnd, prefixStart } from './fields/registry-path.ts';
import { millis, seconds } from './fields/time.ts';

/** Of a push: seconds, milliseconds, and where its words end among the bytes; four bytes each. */
export const PUSH_FIELDS: i32 = 5;
const RECORD: i32 = PUSH_FIELDS * 4;

let records: i32 = 0;
let recordCapacity: i32 = 0;
let texts: i32 = 0;
let textCapacity: i32 = 0;
let textSize: i32 = 0;
export let pushCount: i32 = 0;

export function initPushes(): void {
  recordCapacity = 64;
  records = alloc(recordCapacity * RECORD);
  textCapacity = 1 << 13;
  texts = alloc(textCapacity);
  clearPushes();
}

export function clearPushes(): void {
  pushCount = 0;
  textSize = 0;
}

/** Drops the pushes from `count` on. */
export function truncatePushes(count: i32): void {
  pushCount = count;
  textSize = count === 0 ? 0 : intAt(records + count * RECORD - 4);
}

export function pushRecords(): i32 {
  return records;
}

export function pushTexts(): i32 {
  return texts;
}

export function addPush(client: i32, clientSize: i32, agent: i32, agentSize: i32): void {
  const prefixSize = prefixEnd - prefixStart;
  const nameSize = nameEnd - nameStart;
  makeRoom(clientSize + prefixSize + 1 + nameSize + agentSize);
  const record = records + pushCount * RECORD;
  put32(record, lowBits(seconds));
  put32(record + 4, millis);
  append(client, clientSize);
  put32(record + 8, textSize);
  append(prefixStart, prefixSize);
  put8(texts + textSize, 0);
  textSize = textSize + 1;
  append(nameStart, nameSize);
  put32(record + 12, textSize);
  append(agent, agentSize);
  put32(record + 16, textSize);
  pushCount = pushCount + 1;
}

function append(from: i32, size: i32): void {
  copyBytes(texts + textSize, from, size);
  textSize = textSize + size;
}

function makeRoom(size: i32): void {
  if (pushCount === recordCapacity) {
    const grown = alloc(recordCapacity * 2 * RECORD);
    copyBytes(grown, records, recordCapacity * RECORD);
    records = grown;
    recordCapacity = recordCapacity * 2;
  }
  if (textSize + size > textCapacity) {
    const capacity = textCapacity * 2 + size;
    const grown = alloc(capacity);
    copyBytes(grown, texts, textSize);
    texts = grown;
    textCapacity = capacity;
  }
}
