/**
 * The scanner's output columns: one row a request by HEAD or GET for a manifest, or for a file of a hub, whatever its
 * status. Columns grow together; code around the scanner copies them out by `columnAddress` when a segment is taken
 * (model/segment.ts).
 */
import { alloc, byteAt, copyBytes, hashBytes, lowBits, put16, put32, put8, intAt, shortAt } from './bytes.ts';
import { addressEnd, addressStart, readAddress, readFirstAddress } from './fields/address.ts';
import {
  hubType,
  nameEnd,
  nameStart,
  prefixEnd,
  prefixStart,
  referenceEnd,
  referenceStart,
  upstreamEnd,
  upstreamStart,
} from './fields/registry-path.ts';
import { millis, seconds, setTime } from './fields/time.ts';
import {
  clearPending,
  dropPending,
  flagReferences,
  holdRow,
  holdWord,
  initPending,
  numberWords,
  pendingRows,
} from './pending-words.ts';
import { addPush } from './pushes.ts';
import { initRecent, internRecent } from './recent-words.ts';
import { internWord, referenceFlags } from './words.ts';

const FLAG_DIGEST: i32 = 2;
const FLAG_DROPPED: i32 = 16;
const FLAG_NO_CLIENT: i32 = 32;
/** The request is a push (PUT): it is noted, and makes no row. */
export const FLAG_PUSH: i32 = 128;

export const COLUMN_SECONDS: i32 = 0;
export const COLUMN_CLIENT: i32 = 1;
export const COLUMN_REPOSITORY: i32 = 2;
export const COLUMN_REFERENCE: i32 = 3;
export const COLUMN_AGENT: i32 = 4;
export const COLUMN_DIGEST: i32 = 5;
export const COLUMN_UPSTREAM: i32 = 6;
export const COLUMN_WRITTEN: i32 = 7;
export const COLUMN_START_SECOND: i32 = 8;
export const COLUMN_OFFSET: i32 = 9;
/** From here on two bytes a row. */
export const COLUMN_MILLIS: i32 = 10;
export const COLUMN_STATUS: i32 = 11;
/** From here on one byte a row. */
export const COLUMN_FLAGS: i32 = 12;
const COLUMNS: i32 = 13;

/** Addresses of the columns, four bytes each. */
let columns: i32 = 0;
let capacity: i32 = 0;
export let rowCount: i32 = 0;
/** Whether any row of the segment has an upstream or a logged digest: else the column is not sent. */
export let hasUpstream: i32 = 0;
export let hasDigest: i32 = 0;
/** Whether the client of any row was told by a list of forwarded addresses. */
export let hasForwarded: i32 = 0;
/** Digest that the line in hand shows; empty when there is none. */
let digestStart: i32 = 0;
let digestEnd: i32 = 0;
/** Prefix, NUL and name are put together here. */
let repositoryKey: i32 = 0;
/** A line is shorter than this, and so are prefix and name together. */
const LONGEST_KEY: i32 = (1 << 20) + 16;
let unknownClient: i32 = 0;

export function initRows(): void {
  columns = alloc(COLUMNS * 4);
  repositoryKey = alloc(LONGEST_KEY);
  // "unknown", the address of requests without one.
  unknownClient = alloc(8);
  put32(unknownClient, 0x6e6b6e75);
  put32(unknownClient + 4, 0x006e776f);
  capacity = 1 << 14;
  for (let column: i32 = 0; column < COLUMNS; column++) {
    put32(columns + column * 4, alloc(capacity * widthOf(column)));
  }
  initPending();
  initRecent();
  clearRows();
}

export function clearRows(): void {
  rowCount = 0;
  hasUpstream = 0;
  hasDigest = 0;
  hasForwarded = 0;
  clearPending();
}

/** Drops the rows from `count` on. */
export function truncateRows(count: i32): void {
  dropPending(rowCount - count);
  rowCount = count;
}

/** Adds the rows from `first` on again, until each is there `times` times. */
export function repeatRows(first: i32, times: i32): void {
  numberRows();
  const size = rowCount - first;
  for (let time: i32 = 1; time < times; time++) {
    while (rowCount + size > capacity) grow();
    for (let column: i32 = 0; column < COLUMNS; column++) {
      const width = widthOf(column);
      copyBytes(at(column) + rowCount * width, at(column) + first * width, size * width);
    }
    rowCount = rowCount + size;
  }
}

/** Makes the last row's time the one last read; 0 when there is no row. */
export function readRowTime(): i32 {
  if (rowCount === 0) return 0;
  const row = rowCount - 1;
  setTime(unsigned(intAt(at(COLUMN_SECONDS) + row * 4)), shortAt(at(COLUMN_MILLIS) + row * 2), 0);
  return 1;
}

function unsigned(value: i32): f64 {
  const number: f64 = value;
  return value < 0 ? number + 4294967296 : number;
}

/** The digest that the next row's line shows. */
export function setRowDigest(start: i32, end: i32): void {
  digestStart = start;
  digestEnd = end;
}

export function columnAddress(column: i32): i32 {
  return at(column);
}

/**
 * Adds a row for the target and the time that were read last.
 * `flags`: FLAG_GET, FLAG_LOGGER_LINE and FLAG_PUSH. `status` 0: the log has none. `list`: an X-Forwarded-For list to ask first.
 */
export function addRow(
  offset: i32,
  flags: i32,
  status: i32,
  written: i32,
  startSecond: f64,
  clientStart: i32,
  clientEnd: i32,
  listStart: i32,
  listEnd: i32,
  agentStart: i32,
  agentEnd: i32,
): void {
  const isListed = listEnd > listStart && readFirstAddress(listStart, listEnd) ? 1 : 0;
  const hasClient =
    isListed || readAddress(clientStart, clientEnd) || readFirstAddress(clientStart, clientEnd) ? 1 : 0;
  if (flags & FLAG_PUSH) {
    digestEnd = digestStart;
    if (hasClient && countsStatus(status))
      addPush(addressStart, addressEnd - addressStart, agentStart, agentEnd - agentStart);
    return;
  }
  if (rowCount === capacity) grow();
  const row = rowCount;
  if (isListed) hasForwarded = 1;
  const clientAt = hasClient ? addressStart : unknownClient;
  const clientSize = hasClient ? addressEnd - addressStart : 7;
  if (hasClient === 0) flags = flags | FLAG_NO_CLIENT;
  const keyAt = repositoryKeyAt();
  const keySize = prefixEnd - prefixStart + 1 + nameEnd - nameStart;
  const slash = byteAt(keyAt);
  if (prefixEnd === prefixStart) put8(keyAt, 0);
  holdWord(1, keyAt, keySize, hashBytes(keyAt, keySize));
  put8(keyAt, slash);
  holdWord(0, clientAt, clientSize, hashBytes(clientAt, clientSize));
  const referenceSize = referenceEnd - referenceStart;
  holdWord(2, referenceStart, referenceSize, hashBytes(referenceStart, referenceSize));
  if (countsStatus(status) === 0) flags = flags | FLAG_DROPPED;
  put32(at(COLUMN_SECONDS) + row * 4, lowBits(seconds));
  put16(at(COLUMN_MILLIS) + row * 2, millis);
  put32(at(COLUMN_DIGEST) + row * 4, digestEnd > digestStart ? internDigest() : -1);
  let upstream: i32 = -1;
  if (upstreamEnd > upstreamStart) {
    upstream = internUpstream();
    hasUpstream = 1;
  }
  put32(at(COLUMN_UPSTREAM) + row * 4, upstream);
  put32(at(COLUMN_AGENT) + row * 4, internRecent(3, agentStart, agentEnd - agentStart));
  put32(at(COLUMN_WRITTEN) + row * 4, written);
  put32(at(COLUMN_START_SECOND) + row * 4, lowBits(startSecond));
  put32(at(COLUMN_OFFSET) + row * 4, offset);
  put16(at(COLUMN_STATUS) + row * 2, status);
  put8(at(COLUMN_FLAGS) + row, flags);
  rowCount = row + 1;
  // Files of hubs are no tags or digests, whatever they are called.
  if (holdRow(hubType === 0 ? 1 : 0)) numberRows();
}

/** Gives the words of the last rows their numbers: before the columns are read, and before the input changes. */
export function numberRows(): void {
  if (pendingRows === 0) return;
  const first = rowCount - pendingRows;
  numberWords(0, at(COLUMN_CLIENT) + first * 4);
  numberWords(1, at(COLUMN_REPOSITORY) + first * 4);
  numberWords(2, at(COLUMN_REFERENCE) + first * 4);
  flagReferences(at(COLUMN_REFERENCE) + first * 4, at(COLUMN_FLAGS) + first);
  clearPending();
}

/**
 * Statuses that count: 200 to 299, 302, 303, 304, 307, and a log without statuses (spec, section 2.3); of files of a hub
 * 200, 206, 302, 304 and 307 (section 7).
 */
function countsStatus(status: i32): i32 {
  if (hubType !== 0 && status > 200 && status < 304 && status !== 206 && status !== 302) return 0;
  if (status === 0 || (status >= 200 && status <= 299)) return 1;
  return status === 302 || status === 303 || status === 304 || status === 307 ? 1 : 0;
}

/**
 * Where prefix, NUL and name stand together. Without a prefix, which is how registries mostly are, the slash before
 * the name is the place of the NUL: the caller puts it there, and the slash back.
 */
function repositoryKeyAt(): i32 {
  const prefixSize = prefixEnd - prefixStart;
  if (prefixSize === 0) return nameStart - 1;
  copyBytes(repositoryKey, prefixStart, prefixSize);
  put8(repositoryKey + prefixSize, 0);
  copyBytes(repositoryKey + prefixSize + 1, nameStart, nameEnd - nameStart);
  return repositoryKey;
}

/** Number of the logged digest; -1 when it is no digest. */
function internDigest(): i32 {
  const size = digestEnd - digestStart;
  const number = internWord(2, digestStart, size, hashBytes(digestStart, size));
  digestEnd = digestStart;
  if ((referenceFlags(number) & FLAG_DIGEST) === 0) return -1;
  hasDigest = 1;
  return number;
}

function internUpstream(): i32 {
  const size = upstreamEnd - upstreamStart;
  return internWord(4, upstreamStart, size, hashBytes(upstreamStart, size));
}

function at(column: i32): i32 {
  return intAt(columns + column * 4);
}

function widthOf(column: i32): i32 {
  return column < COLUMN_MILLIS ? 4 : column < COLUMN_FLAGS ? 2 : 1;
}

function grow(): void {
  for (let column: i32 = 0; column < COLUMNS; column++) {
    const width = widthOf(column);
    const grown = alloc(capacity * 2 * width);
    copyBytes(grown, at(column), capacity * width);
    put32(columns + column * 4, grown);
  }
  capacity = capacity * 2;
}
