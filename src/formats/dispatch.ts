/**
 * Which format reads a line. In: one line without its end. Out: its fate, and the format that claimed it. The order is
 * fixed: formats of the user's own, W3C, JSON, logfmt, described formats, wrappers, access lines, quoted requests. So a
 * line's fate depends on nothing but the line, its pieces (line-pieces.ts) and the #Fields before it (w3c.ts).
 */
import { isByteList, takeByteList } from './byte-list.ts';
import { alloc, byteAt, findByte, PADDING, put8 } from './bytes.ts';
import { readCombined, readCombinedTime } from './combined.ts';
import { readJson, readJsonTime } from './distribution-json.ts';
import { readLogfmt, readLogfmtTime } from './distribution-logfmt.ts';
import { takeDocker } from './docker-line.ts';
import { APPLICATION_MESSAGE, MANIFEST_REQUEST, NOT_MINE, NOT_TRIED, TOO_LONG, UNREADABLE } from './fates.ts';
import { isLoggerLine } from './distribution.ts';
import {
  BY_SIZE,
  GOES_ON,
  innerEnd,
  innerGoesOn,
  innerOwner,
  innerStart,
  isInner,
  readJsonRecord,
  UNKNOWN_MESSAGE,
} from './json-record.ts';
import { jsonFormat, stringEnd, unescapeJson } from './json.ts';
import {
  closeLine,
  forgetPieces,
  initPieces,
  isDockerPiece,
  joinedStart,
  keepPiece,
  leaveLine,
  meetStream,
} from './line-pieces.ts';
import { hasManifest, isAddressFirst, isServerMessage, withoutColours } from './line-shapes.ts';
import { readQuoted } from './quoted.ts';
import { forgetOuterTime, noteTime, timeOnly } from './record.ts';
import { repeatRows, rowCount } from './rows.ts';
import { programFormat, readByPrograms } from './text-program.ts';
import { columnCount, forgetColumns, initW3c, readW3c } from './w3c.ts';
import {
  beginPeeling,
  bodyEnd,
  isPartial,
  isSyslogHead,
  peel,
  peelRepeated,
  repeats,
  stream,
} from './wrappers.ts';

/** Formats by their place in the list (index.ts). */
const COMBINED: i32 = 0;
const LOGFMT: i32 = 1;
const DISTRIBUTION_JSON: i32 = 2;
const QUOTED: i32 = 3;
const JSON_LINES: i32 = 4;
const W3C: i32 = 21;

const MOST_WRAPPERS: i32 = 6;
/** More rows are not believed of one line, whatever it says of repetitions. */
const MOST_REPEATS: i32 = 10_000;
const LONGEST_LINE: i32 = 1 << 20;
/** From one buffer for a line to the next: what stands behind a line may be looked at. */
const STRIDE: i32 = LONGEST_LINE + PADDING;
const NEWLINE: i32 = 0x0a;

/** Of the last line: the format that claimed it, and how many lines it stands for. */
export let claimed: i32 = -1;
export let linesOf: i32 = 1;
/** What distribution's own reader said of the line as it stands: it need not be asked twice. */
let fateOfJson: i32 = NOT_TRIED;
/**
 * A bit for each depth of JSON in JSON: the last line there was of another program, so the next one is read as that
 * first. It makes reading faster and changes no answer.
 */
let othersJson: i32 = 0;

/** Addresses of programs: the user's own, then those of index.ts; ends of both. */
let ownPrograms: i32 = 0;
let ownEnd: i32 = 0;
/** Keys of JSON are of the user's own, too. */
let hasOwnKeys: i32 = 0;
let programs: i32 = 0;
let programsEnd: i32 = 0;
/** Unescaped bodies, one for each depth of JSON in JSON, and one for lines without their colours. */
let bodies: i32 = 0;
let plain: i32 = 0;
/** Where the last line ends that was put together of pieces; 0: it was whole as it stood. */
export let joinedEnd: i32 = 0;
/** Where the line in hand begins in the segment. */
let lineAt: i32 = 0;
/** The line in hand is that line, read for its time. */
let isAgain: i32 = 0;

export function initDispatch(): void {
  bodies = alloc(STRIDE * 2);
  plain = alloc(LONGEST_LINE);
  ownPrograms = 0;
  ownEnd = 0;
  initW3c();
  initPieces();
  beginFile();
}

export function setPrograms(own: i32, end: i32, known: i32, knownEnd: i32, ownKeys: i32): void {
  hasOwnKeys = ownKeys;
  ownPrograms = own;
  ownEnd = end;
  programs = known;
  programsEnd = knownEnd;
}

/** Another stream begins: pieces of lines of the one before are forgotten. */
export function beginFile(): void {
  forgetPieces();
  forgetColumns();
}

/** Reads the last line once more, which was put together of pieces, for its time. */
export function readJoinedAgain(start: i32, end: i32): void {
  isAgain = 1;
  readAny(start, end, 0, NOT_TRIED);
  isAgain = 0;
}

/** Reads a line that no simple reader has claimed. jsonFate: what readJson said of it, or NOT_TRIED. */
export function readAny(start: i32, end: i32, offset: i32, jsonFate: i32): i32 {
  if (timeOnly === 0) joinedEnd = 0;
  lineAt = offset;
  fateOfJson = jsonFate;
  claimed = -1;
  linesOf = 1;
  beginPeeling();
  // What stands before a record of an array that was flattened.
  while (start < end && byteAt(start) === 0x20) {
    start++;
    offset++;
  }
  if (findByte(start, end, 0x1b) < end) {
    end = withoutColours(start, end, plain);
    start = plain;
    fateOfJson = NOT_TRIED;
  }
  const rows = rowCount;
  const fate = readBody(start, end, offset, 0, 0);
  // Each request counts as a line; so does each repetition of what is none.
  if (fate === MANIFEST_REQUEST) linesOf = rowCount - rows;
  else if (fate >= 0 && fate < UNREADABLE) linesOf = repeats;
  // The next line may be read without a look for wrappers (read-line.ts).
  forgetOuterTime();
  beginPeeling();
  leaveLine();
  return fate;
}

function readBody(start: i32, end: i32, offset: i32, wrapped: i32, unescaped: i32): i32 {
  while (start < end && byteAt(start) === 0x20) start++;
  if (start >= end) return wrapped ? APPLICATION_MESSAGE : NOT_MINE;
  if (ownEnd > ownPrograms) {
    const own = readByPrograms(ownPrograms, ownEnd, start, end, offset);
    if (own !== NOT_MINE) return claim(programFormat, own);
  }
  const w3c = readW3c(start, end, offset);
  if (w3c !== NOT_MINE) return claim(w3c === APPLICATION_MESSAGE ? -1 : W3C, w3c);
  const first = byteAt(start);
  if (first === 0x7b) {
    const docker = readDocker(start, end, offset, wrapped, unescaped);
    return docker === NOT_TRIED ? readJsonBody(start, end, offset, wrapped, unescaped) : docker;
  }
  // As readLine does with what nothing stands around.
  if (wrapped && ownEnd === ownPrograms && columnCount === 0 && isAddressFirst(start, first)) {
    const access = readCombined(start, end, offset);
    if (timeOnly && access !== NOT_MINE) noteTime(readCombinedTime(start, end));
    if (access !== NOT_MINE) return claim(COMBINED, access);
  }
  // time= and level=, or LEVE[0005] on a terminal
  if (
    first === 0x74 ||
    first === 0x6c ||
    (end - start > 10 && byteAt(start + 4) === 0x5b && first >= 0x41 && first <= 0x5a)
  ) {
    const fate = readLogfmt(start, end, offset);
    if (timeOnly && fate !== NOT_MINE) noteTime(readLogfmtTime(start, end));
    if (fate !== NOT_MINE) return claim(LOGFMT, fate);
  }
  // What stands behind the head of a line of syslog is tried when that is peeled off.
  if (!isSyslogHead(start, end)) {
    const known = readByPrograms(programs, programsEnd, start, end, offset);
    if (known !== NOT_MINE) return claim(programFormat, known);
  }
  const repeated = wrapped && wrapped < MOST_WRAPPERS && repeats === 1 ? peelRepeated(start, end) : 0;
  if (repeated > 0) return readRepeated(repeated, bodyEnd, offset, wrapped, unescaped);
  const body = wrapped < MOST_WRAPPERS ? peel(start, end) : 0;
  if (body > 0) {
    if (stream !== 0) {
      const goesOn = isPieceBehind(0);
      if (isPartial || goesOn) return readPiece(body, end, offset, wrapped, unescaped, isPartial, 0);
    }
    const fate = readBody(body, end, offset, wrapped + 1, unescaped);
    if (fate !== NOT_MINE) return fate;
  }
  const combined = readCombined(start, end, offset);
  if (timeOnly && combined !== NOT_MINE) noteTime(readCombinedTime(start, end));
  if (combined !== NOT_MINE) return claim(COMBINED, combined);
  // A console writes words before its JSON, in which an agent may look like a request.
  if (wrapped) {
    const brace = findByte(start, end, 0x7b);
    if (brace < findByte(start, end, 0x22)) {
      const fate = readJsonRecord(brace, end, offset, 0);
      if (fate !== NOT_MINE && isInner === 0) return claim(jsonFormat > 0 ? jsonFormat : JSON_LINES, fate);
    }
  }
  const quoted = readQuoted(start, end, offset);
  if (quoted !== NOT_MINE) return claim(quoted === APPLICATION_MESSAGE ? -1 : QUOTED, quoted);
  if (isServerMessage(start, end)) return claim(-1, APPLICATION_MESSAGE);
  return wrapped && !hasManifest(start, end) ? claim(-1, APPLICATION_MESSAGE) : NOT_MINE;
}

/** Whether distribution's own reader need not look at a line of JSON first: its answer would most likely be no. */
export function isOthersJson(unescaped: i32): boolean {
  return (othersJson & (1 << unescaped)) !== 0 && columnCount === 0;
}

function claim(by: i32, fate: i32): i32 {
  claimed = by;
  return fate;
}

function readJsonBody(start: i32, end: i32, offset: i32, wrapped: i32, unescaped: i32): i32 {
  let fast = wrapped ? NOT_TRIED : fateOfJson;
  let fate = NOT_TRIED;
  if (fast === NOT_TRIED && timeOnly === 0 && isOthersJson(unescaped)) {
    fate = readJsonRecord(start, end, offset, UNKNOWN_MESSAGE);
    if (fate !== NOT_TRIED) fast = isLoggerLine() ? APPLICATION_MESSAGE : NOT_MINE;
  }
  if (fast === NOT_TRIED) fast = readJson(start, end, offset);
  if (timeOnly && fast !== NOT_MINE) noteTime(readJsonTime(start, end));
  if (fast !== NOT_MINE && fast !== APPLICATION_MESSAGE) {
    othersJson = othersJson & ~(1 << unescaped);
    return claim(DISTRIBUTION_JSON, fast);
  }
  // distribution's logger also tells of requests that have not ended: those have no status.
  if (fate === NOT_TRIED) fate = readJsonRecord(start, end, offset, fast === APPLICATION_MESSAGE ? 1 : 0);
  if (fate !== NOT_MINE) {
    othersJson = othersJson | (1 << unescaped);
    if (isInner === 0) return claim(jsonFormat > 0 ? jsonFormat : JSON_LINES, fate);
    if (unescaped < 2) {
      const body = bodies + unescaped * STRIDE;
      const stop = isByteList(innerStart)
        ? takeByteList(innerStart, end, body)
        : unescapeJson(innerStart, innerEnd, body);
      let goesOn = innerGoesOn === GOES_ON ? 1 : 0;
      if (innerGoesOn === BY_SIZE) goesOn = isDockerPiece(innerStart, innerEnd, stop - body);
      const inner = readInner(stop, offset, wrapped, unescaped, goesOn, innerOwner);
      if (inner !== NOT_MINE) return inner;
    }
  }
  if (fast === APPLICATION_MESSAGE) return claim(DISTRIBUTION_JSON, fast);
  return NOT_MINE;
}

/** The line in JSON, unescaped up to `stop` in the body of its depth, or a piece of it, which `isPiece` if it goes on. */
function readInner(stop: i32, offset: i32, wrapped: i32, unescaped: i32, isPiece: i32, owner: i32): i32 {
  const body = bodies + unescaped * STRIDE;
  if (findByte(body, stop, 0x1b) < stop) stop = withoutColours(body, stop, body);
  put8(stop, NEWLINE);
  if (stream !== 0) {
    const goesOn = isPieceBehind(owner);
    if (isPiece || goesOn) return readPiece(body, stop, offset, wrapped, unescaped + 1, isPiece, owner);
  }
  return readBody(body, stop, offset, wrapped + 1, unescaped + 1);
}

/** A line of Docker, if it is just that; NOT_TRIED: it is not. */
function readDocker(start: i32, end: i32, offset: i32, wrapped: i32, unescaped: i32): i32 {
  if (hasOwnKeys || unescaped > 1) return NOT_TRIED;
  const body = bodies + unescaped * STRIDE;
  const stop = takeDocker(start, end, body);
  if (stop === 0) return NOT_TRIED;
  othersJson = othersJson | (1 << unescaped);
  const isPiece = isDockerPiece(start + 8, stringEnd, stop - body);
  return readInner(stop, offset, wrapped, unescaped, isPiece, 0);
}

/** Whether the line goes on where a piece of its stream ended. */
function isPieceBehind(owner: i32): i32 {
  return timeOnly ? isAgain : meetStream(stream, lineAt, owner);
}

/** A piece of a line: kept, or as the last one joined to what came before and read. */
function readPiece(
  body: i32,
  end: i32,
  offset: i32,
  wrapped: i32,
  unescaped: i32,
  goesOn: i32,
  owner: i32,
): i32 {
  if (timeOnly === 0) {
    keepPiece(stream, body, end, lineAt, owner);
    if (goesOn) return claim(-1, APPLICATION_MESSAGE);
    joinedEnd = closeLine(stream);
    if (joinedEnd === 0) return claim(-1, UNREADABLE + TOO_LONG);
  } else if (isAgain === 0) return claim(-1, APPLICATION_MESSAGE);
  isAgain = 0;
  return readBody(joinedStart(stream), joinedEnd, offset, wrapped + 1, unescaped);
}

/** The body, whose rows count as often as it was there. */
function readRepeated(body: i32, end: i32, offset: i32, wrapped: i32, unescaped: i32): i32 {
  const rows = rowCount;
  const fate = readBody(body, end, offset, wrapped + 1, unescaped);
  if (fate === MANIFEST_REQUEST && timeOnly === 0) {
    const most = (MOST_REPEATS / (rowCount - rows)) | 0;
    repeatRows(rows, repeats < most ? repeats : most);
  }
  return fate;
}
