/**
 * The fields of the line in hand: ranges of bytes, which readers set in any order and record.ts makes a row of.
 * Fields are the LINE_FIELDS of model/line-pattern.ts, and a few more. Out of date as soon as the next line is read.
 */
import { alloc, byteAt, intAt, put32 } from './bytes.ts';

export const SKIP: i32 = 0;
export const CLIENT: i32 = 1;
export const FORWARDED: i32 = 2;
export const TIME: i32 = 3;
export const REQUEST: i32 = 4;
export const METHOD: i32 = 5;
export const TARGET: i32 = 6;
export const STATUS: i32 = 7;
export const WRITTEN: i32 = 8;
export const AGENT: i32 = 9;
export const DIGEST: i32 = 10;
/** Of JSON lines only: name and reference where no path is shown, and what tells kinds of lines apart. */
export const NAME: i32 = 11;
export const REFERENCE: i32 = 12;
export const LOGGER: i32 = 13;
/** What an event is called; its media type; the namespace before its name; the error that takes a status's place. */
export const ACTION: i32 = 14;
export const MEDIA: i32 = 15;
export const NAMESPACE: i32 = 16;
export const ERROR: i32 = 17;
/** A line of another program, and which of its streams it came from. */
export const INNER: i32 = 18;
export const STREAM: i32 = 19;
/** Headers that HAProxy captured, with | between them: which is which is told by their shape. */
export const CAPTURED: i32 = 20;
/** What an event is told apart by from all others. */
export const EVENT: i32 = 21;
/** The line in INNER goes on in the next record; the record that says so is the line's last; whose lines they are. */
export const PARTIAL: i32 = 22;
export const LAST: i32 = 23;
export const OWNER: i32 = 24;
const FIELDS: i32 = 25;

/** References of one record beyond the first (ECR: a call may name several images): starts and ends. */
const MOST_REFERENCES: i32 = 100;
export let references: i32 = 0;
export let referenceCount: i32 = 0;
/** Start, end and rank of each field, four bytes each; of those that are not there they mean nothing. */
const ENTRY: i32 = 12;
let fields: i32 = 0;
/** A bit for each field that is there: one write forgets them all. */
let present: i32 = 0;
/** Status of an event that says nothing of failure; 0: it has none. */
export let eventStatus: i32 = 0;
/** The line has a place for what was asked for, and nothing in it. */
export let namesNothing: i32 = 0;

export function initFields(): void {
  fields = alloc(FIELDS * ENTRY);
  references = alloc(MOST_REFERENCES * 8);
}

export function beginRecord(): void {
  referenceCount = 0;
  eventStatus = 0;
  namesNothing = 0;
  present = 0;
}

/** One more reference of the same record. */
export function addReference(start: i32, end: i32): void {
  if (referenceCount === MOST_REFERENCES || end === start) return;
  put32(references + referenceCount * 8, start);
  put32(references + referenceCount * 8 + 4, end);
  referenceCount = referenceCount + 1;
}

export function setEventStatus(status: i32): void {
  eventStatus = status;
}

/** A field's bytes. Of several with ranks the lowest stays, on equal ranks the first. */
export function setField(field: i32, start: i32, end: i32, rank: i32): void {
  const entry = fields + field * ENTRY;
  if (hasField(field) && intAt(entry + 8) <= rank) return;
  // "-" and nothing are how a missing value is written.
  if (end === start || (end === start + 1 && byteAt(start) === 0x2d)) {
    if (field === TARGET || field === REQUEST) namesNothing = 1;
    return;
  }
  put32(entry, start);
  put32(entry + 4, end);
  put32(entry + 8, rank);
  present = present | (1 << field);
}

/** Other bytes for a field that is there. */
export function replaceField(field: i32, start: i32, end: i32): void {
  put32(fields + field * ENTRY, start);
  put32(fields + field * ENTRY + 4, end);
}

export function extendField(field: i32, end: i32): void {
  put32(fields + field * ENTRY + 4, end);
}

export function dropField(field: i32): void {
  present = present & ~(1 << field);
}

export function hasField(field: i32): i32 {
  return (present >>> field) & 1;
}

/** The rank with which a field was set. */
export function rankOf(field: i32): i32 {
  return intAt(fields + field * ENTRY + 8);
}

/** Where a field begins and ends; 0 and 0, an empty range, when it is not there. */
export function fieldStart(field: i32): i32 {
  return hasField(field) ? intAt(fields + field * ENTRY) : 0;
}

export function fieldEnd(field: i32): i32 {
  return hasField(field) ? intAt(fields + field * ENTRY + 4) : 0;
}
