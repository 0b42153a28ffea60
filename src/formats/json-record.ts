/**
 * What a JSON line is about: a request, an event that names repository and reference, another message, or a line of
 * another program inside a string. In: a line that begins with a brace. Out: a fate, or `isInner` and the string.
 */
import { byteAt, hashBytes, intAt } from './bytes.ts';
import { isFinished, isLoggerLine } from './distribution.ts';
import {
  APPLICATION_MESSAGE,
  MANIFEST_REQUEST,
  NOT_MINE,
  NOT_TRIED,
  OTHER_PATH,
  OTHER_REGISTRY,
} from './fates.ts';
import { readAnyTime } from './fields/any-time.ts';
import { isPlain, jsonFormat, readObject } from './json.ts';
import {
  ACTION,
  AGENT,
  beginRecord,
  dropField,
  EVENT,
  fieldEnd,
  fieldStart,
  hasField,
  INNER,
  LAST,
  LOGGER,
  MEDIA,
  METHOD,
  namesNothing,
  OWNER,
  PARTIAL,
  rankOf,
  REQUEST,
  setEventStatus,
  setField,
  STATUS,
  STREAM,
  TARGET,
  TIME,
} from './line-fields.ts';
import { finishRecord, keepOuterTime } from './record.ts';
import { setStream } from './wrappers.ts';

/** Formats whose lines need a second look, by their place in the list (index.ts). */
const GITLAB: i32 = 7;
const ZOT: i32 = 8;
const EVENTS: i32 = 9;
const GOOGLE: i32 = 11;

/** The line holds another one: the string [innerStart, innerEnd), escaped. */
export let isInner: i32 = 0;
export let innerStart: i32 = 0;
export let innerEnd: i32 = 0;
/** Whether that line goes on in the next record (GOES_ON) or ends (ENDS); BY_SIZE: nothing says so but its size. */
export let innerGoesOn: i32 = 0;
export const BY_SIZE: i32 = 0;
export const ENDS: i32 = 1;
export const GOES_ON: i32 = 2;
/** The container whose line it is, as a number; 0: none is named. */
export let innerOwner: i32 = 0;

/** In place of needsStatus: distribution's own reader has not been asked yet whether the line is of its logger. */
export const UNKNOWN_MESSAGE: i32 = 2;

/** needsStatus: without one the line is a message. NOT_TRIED: distribution's own reader must be asked after all. */
export function readJsonRecord(start: i32, end: i32, offset: i32, needsStatus: i32): i32 {
  isInner = 0;
  beginRecord();
  const isWhole = readObject(start, end);
  if (needsStatus === UNKNOWN_MESSAGE) {
    if (isWhole === 0 || isPlain === 0 || isFinished()) return NOT_TRIED;
    needsStatus = isLoggerLine();
  }
  if (isWhole === 0) return NOT_MINE;
  // Other programs write other things under the same key.
  if (jsonFormat !== EVENTS) dropField(EVENT);
  if (hasField(INNER) && hasField(METHOD) === 0 && hasField(REQUEST) === 0) {
    if (hasField(TIME) && readAnyTime(fieldStart(TIME), fieldEnd(TIME))) keepOuterTime();
    noteStream();
    isInner = 1;
    innerStart = fieldStart(INNER);
    innerEnd = fieldEnd(INNER);
    return MANIFEST_REQUEST;
  }
  if (isMessage() || (needsStatus && hasField(STATUS) === 0)) return APPLICATION_MESSAGE;
  if (hasField(ACTION)) {
    const fate = takeAction();
    if (fate !== MANIFEST_REQUEST) return fate;
  } else if (hasField(REQUEST) === 0) {
    // What clients send that speak no HTTP: nginx writes it as an empty path.
    if (namesNothing && hasField(TARGET) === 0 && hasField(STATUS)) return OTHER_PATH;
    // A path alone may stand in any program's messages.
    if (hasField(TARGET) === 0 || (hasField(METHOD) === 0 && hasField(STATUS) === 0)) return NOT_MINE;
  }
  return finishRecord(offset);
}

/** Which stream the line in the record came from, and whether the record holds all of it. */
function noteStream(): void {
  innerOwner = hasField(OWNER) ? hashBytes(fieldStart(OWNER), sizeOf(OWNER)) : 0;
  innerGoesOn = ENDS;
  const name = fieldStart(STREAM);
  // stdout, stderr
  if (sizeOf(STREAM) === 6 && (intAt(name) & 0xffffff) === 0x647473) {
    // Of others only Docker's json-file (its key is the first of the list) cuts lines in pieces.
    setStream(hasField(PARTIAL) || rankOf(INNER) === 1 ? (byteAt(name + 3) === 0x6f ? 1 : 2) : 0);
    if (rankOf(STREAM) === 1) innerGoesOn = BY_SIZE;
  } else if (hasField(OWNER) && sizeOf(STREAM) === 1) setStream(byteAt(name) === 0x33 ? 2 : 1);
  else setStream(0);
  if (hasField(PARTIAL) === 0) return;
  // P, or true; Docker's fluentd driver says true of the last piece as well.
  const isLast = hasField(LAST) && isTrue(fieldStart(LAST));
  const isPart = byteAt(fieldStart(PARTIAL)) === 0x50 || isTrue(fieldStart(PARTIAL));
  innerGoesOn = isPart && !isLast ? GOES_ON : ENDS;
}

function isTrue(p: i32): boolean {
  return (byteAt(p) | 0x20) === 0x74;
}

/** Programs that write requests and other messages with the same keys. */
function isMessage(): boolean {
  // Caddy's http.log.error repeats the request.
  if (hasField(LOGGER) && contains(LOGGER, 0x6f727265)) return true; // "erro"
  // Without a message it is a line of another program that uses such a key.
  if (hasField(INNER) === 0) return false;
  if (jsonFormat === GITLAB) return sizeOf(INNER) !== 6 || headOf(INNER) !== 0x65636361; // "acce"
  return jsonFormat === ZOT && (sizeOf(INNER) !== 8 || headOf(INNER) !== 0x50545448); // "HTTP"
}

/** Events of manifests: MANIFEST_REQUEST when the fields are a request. */
function takeAction(): i32 {
  const size = sizeOf(ACTION);
  const p = fieldStart(ACTION);
  const head = intAt(p) | 0x20202020;
  // pull, Pull, pull_repo, pull_artifact
  const isPull = head === 0x6c6c7570;
  // BatchGetImage
  const isImage = size === 13 && intAt(p) === 0x63746142 && intAt(p + 5) === 0x49746547;
  if (isImage) {
    setEventStatus(200);
    // "AWS Internal" is no agent.
    if (sizeOf(AGENT) === 12 && headOf(AGENT) === 0x20535741) dropField(AGENT);
  }
  // Docker-GetManifest, Docker-HeadManifest
  const isManifest =
    size >= 18 && size <= 19 && intAt(p) === 0x6b636f44 && intAt(p + size - 4) === 0x74736566;
  // Google's audit log is about more than images.
  if (jsonFormat === GOOGLE && intAt(p) !== 0x6b636f44) return APPLICATION_MESSAGE;
  // CloudTrail tells of all services.
  if (hasField(LOGGER) && !contains(LOGGER, 0x2e726365)) return OTHER_PATH; // "ecr."
  if (!isPull && !isImage && !isManifest)
    return hasField(REQUEST) || (hasField(METHOD) && hasField(TARGET)) ? MANIFEST_REQUEST : OTHER_REGISTRY;
  if (isManifest) setEventStatus(200);
  if (isManifest && hasField(METHOD) === 0) setField(METHOD, p + 7, p + size - 8, 0);
  // Blobs are pulled as well; manifests and indexes say so in their media type.
  if (hasField(MEDIA) && !contains(MEDIA, 0x696e616d) && !contains(MEDIA, 0x65646e69)) return OTHER_REGISTRY; // "mani", "inde"
  return MANIFEST_REQUEST;
}

function sizeOf(field: i32): i32 {
  return fieldEnd(field) - fieldStart(field);
}

function headOf(field: i32): i32 {
  return intAt(fieldStart(field));
}

/** Whether four bytes stand anywhere in a field. */
function contains(field: i32, bytes: i32): boolean {
  for (let p = fieldStart(field); p + 4 <= fieldEnd(field); p++) if (intAt(p) === bytes) return true;
  return false;
}
