/**
 * NCSA combined and common access lines: nginx `combined` and `main`, Apache, ingress-nginx, and the access lines
 * that distribution writes (gorilla/handlers).
 *   client - user [dd/Mon/yyyy:HH:MM:SS ±zzzz] "METHOD target HTTP/1.1" status size "referer" "agent" tail
 * The tail may show X-Forwarded-For and the answer's digest (behind-agent.ts). A virtual host may stand before the
 * client, and Traefik's client may be a list.
 * Sources: ngx_http_log_module; mod_log_config; gorilla/handlers logging.go. Skipped: referer, user.
 */
import { forwardedEnd, forwardedStart, readBehindAgent } from './behind-agent.ts';
import { findByte, findFar, byteAt, intAt } from './bytes.ts';
import {
  MANIFEST_REQUEST,
  NO_REQUEST,
  NO_STATUS,
  NO_TIME,
  NOT_MINE,
  OTHER_PATH,
  OTHER_REGISTRY,
  UNREADABLE,
} from './fates.ts';
import { readAddress, readFirstAddress } from './fields/address.ts';
import {
  hubType,
  PATH_MANIFEST,
  PATH_OTHER_REGISTRY,
  readTarget,
  targetEnd,
} from './fields/registry-path.ts';
import { readCommonTime, seconds } from './fields/time.ts';
import { findHeadEnd, plainAgent, plainStatus, plainWritten, targetSpecial } from './masks.ts';
import { isReferer } from './quoted.ts';
import { usesForwarded } from './record.ts';
import { addRow, FLAG_PUSH } from './rows.ts';
import { behindFlag } from './wrappers.ts';

const QUOTE: i32 = 0x22;
const SPACE: i32 = 0x20;
const NEWLINE: i32 = 0x0a;
const GET: i32 = 0x20544547; // "GET "
const HEAD: i32 = 0x44414548; // "HEAD"
const PUT: i32 = 0x20545550; // "PUT "
/** Bytes of dd/Mon/yyyy:HH:MM:SS ±zzzz. */
const TIME_LENGTH: i32 = 26;

/** Reads the line [start, end); `offset` is where it stands in the segment. */
export function readCombined(start: i32, end: i32, offset: i32): i32 {
  const quote = findByte(start, end, QUOTE);
  const time = timeBefore(start, quote);
  if (quote === end || time < 0) return NOT_MINE;
  const request = quote + 1;
  const verb = intAt(request);
  let target = request + 4;
  let flags: i32 = -1;
  if (verb === GET) flags = 1;
  else if (verb === HEAD && byteAt(request + 4) === SPACE) {
    flags = 0;
    target = request + 5;
  } else {
    target = otherTarget(request, end);
    if (target < 0) return OTHER_PATH;
  }
  const kind = readTarget(target, end);
  if (kind !== PATH_MANIFEST || flags >= 0) return fateOf(kind, start, end, offset, time, flags);
  if (hubType !== 0) return OTHER_PATH;
  if (verb === PUT) notePush(start, end, time);
  return OTHER_REGISTRY;
}

/** Of a request by GET or HEAD, or of one that asks for no manifest. */
function fateOf(kind: i32, start: i32, end: i32, offset: i32, time: i32, flags: i32): i32 {
  if (kind !== PATH_MANIFEST) return kind === PATH_OTHER_REGISTRY ? OTHER_REGISTRY : OTHER_PATH;
  const agent = plainAgent(targetEnd, end);
  const close = agent === 0 ? closingQuote(targetEnd, end) : targetEnd;
  if (agent === 0 && close === end) return UNREADABLE + NO_REQUEST;
  if (readCommonTime(time) === 0) return UNREADABLE + NO_TIME;
  return readRest(start, end, offset, flags, close + 1, agent);
}

/** What readAhead answered of its line. */
export let fateAhead: i32 = 0;

/**
 * The same of a line whose end is not known: of most of them the half need not be looked at twice. Answers its newline
 * in [start, limit), or 0: the line is to be read by readCombined, once its end is known.
 */
export function readAhead(start: i32, limit: i32, offset: i32): i32 {
  const quote = findHeadEnd(start, limit);
  // A bracket and one blank are between; other lines are left to readCombined.
  const time = quote - 2 - TIME_LENGTH;
  if (time <= start || byteAt(time - 1) !== 0x5b || (intAt(quote - 2) & 0xffffff) !== 0x22205d) return 0;
  const verb = intAt(quote + 1);
  const flags: i32 = verb === GET ? 1 : 0;
  const target = quote + 6 - flags;
  if (flags === 0 && (verb !== HEAD || byteAt(quote + 5) !== SPACE)) return 0;
  const kind = readTarget(target, limit);
  if (targetSpecial && findByte(targetSpecial, targetEnd, NEWLINE) < targetEnd) return 0;
  const newline = findFar(targetEnd, limit, NEWLINE);
  if (newline === limit) return 0;
  const end = byteAt(newline - 1) === 0x0d ? newline - 1 : newline;
  fateAhead = fateOf(kind, start, end, offset, time, flags);
  return newline;
}

/** What of a push cannot be read is no fault: the line counts as other traffic all the same. */
function notePush(start: i32, end: i32, time: i32): void {
  const close = closingQuote(targetEnd, end);
  if (close < end && readCommonTime(time)) readRest(start, end, 0, FLAG_PUSH, close + 1, 0);
}

/**
 * Status, size, referer, agent and what may follow; p is behind the request's closing quote. plain: where the agent begins
 * when plainAgent has found it, else 0.
 */
function readRest(start: i32, end: i32, offset: i32, flags: i32, p: i32, plain: i32): i32 {
  let agent = plain;
  let status = plainStatus;
  let written = plainWritten;
  let agentStart: i32 = 0;
  let agentEnd: i32 = 0;
  let listStart: i32 = 0;
  let listEnd: i32 = 0;
  if (plain === 0) {
    status = 0;
    written = 0;
    while (p < end && byteAt(p) === SPACE) p++;
    // A custom format without status goes on with a quoted string: the agent.
    if (p >= end || byteAt(p) !== QUOTE) {
      if (p + 3 > end || (p + 3 < end && byteAt(p + 3) !== SPACE)) return UNREADABLE + NO_STATUS;
      status = digit(p) * 100 + digit(p + 1) * 10 + digit(p + 2);
      if (status < 100 || status > 999) return UNREADABLE + NO_STATUS;
      for (p = p + 4; p < end && byteAt(p) >= 0x30 && byteAt(p) <= 0x39; p++)
        written = (written * 10 + byteAt(p) - 0x30) | 0;
    }
    // Of two quoted strings side by side the second is the agent; of one, unless it is a referer, the only one.
    const open = findByte(p, end, QUOTE);
    if (open < end) {
      agentStart = open + 1;
      agentEnd = closingQuote(agentStart, end);
      p = agentEnd + 1;
      const isBeside = p + 1 < end && byteAt(p) === SPACE && byteAt(p + 1) === QUOTE;
      const isClosed = p >= end || byteAt(p) === SPACE;
      if (isBeside || (status > 0 && isClosed && isReferer(agentStart, agentEnd))) {
        const second = findByte(p, end, QUOTE) + 1;
        const secondEnd = second < end ? closingQuote(second, end) : end;
        if (isBeside && !isReferer(agentStart, agentEnd) && readFirstAddress(second, secondEnd)) {
          listStart = second;
          listEnd = secondEnd;
        } else agent = second < end ? second : end;
      } else agentEnd = endBeforeThread(agentStart, agentEnd, end);
    }
  }
  if (agent !== 0) {
    agentStart = agent;
    agentEnd = closingQuote(agent, end);
    p = agentEnd + 1;
    // A line that ends with its agent, as most do, has no more to tell.
    if (p + 1 < end && byteAt(p) === SPACE) {
      readBehindAgent(p, end);
      listStart = forwardedStart;
      listEnd = forwardedEnd;
    }
  }
  // "-" is how a missing agent is written.
  if (agentEnd === agentStart + 1 && byteAt(agentStart) === 0x2d) agentEnd = agentStart;
  // A list of addresses may stand behind the agent without quotes.
  if (status === 0 && listEnd === listStart) {
    listStart = p < end ? p : end;
    listEnd = end;
  }
  let clientEnd = findByte(start, end, SPACE);
  // Something else than "- user" behind the first word: a virtual host, or a list of addresses.
  if (byteAt(clientEnd + 1) !== 0x2d) {
    start = firstAddress(start, end);
    clientEnd = findByte(start, end, SPACE);
    const last = byteAt(clientEnd - 1);
    if (last === 0x2c || last === 0x29) clientEnd--;
  }
  if (usesForwarded === 0) listEnd = listStart;
  flags = flags | behindFlag;
  addRow(offset, flags, status, written, seconds, start, clientEnd, listStart, listEnd, agentStart, agentEnd);
  return MANIFEST_REQUEST;
}

/** Where an agent ends behind which only a thread stands in brackets: Nexus escapes nothing in it. */
function endBeforeThread(start: i32, agentEnd: i32, end: i32): i32 {
  if (byteAt(end - 1) !== 0x5d) return agentEnd;
  let p = end - 1;
  while (p > start && byteAt(p) !== 0x5b) p--;
  return p - 2 >= start && byteAt(p - 1) === SPACE && byteAt(p - 2) === QUOTE ? p - 2 : agentEnd;
}

/**
 * The first word before the time that is an address; the first word when none is. Quay writes the address that the
 * proxy protocol told in parentheses, behind the peer's.
 */
function firstAddress(start: i32, end: i32): i32 {
  const bracket = findByte(start, end, 0x5b);
  const told = findByte(start, bracket, 0x28) + 1;
  if (told < bracket && readAddress(told, findByte(told, bracket, 0x29))) return told;
  for (let p = start; p < bracket; p = findByte(p, bracket, SPACE) + 1) {
    let stop = findByte(p, bracket, SPACE);
    if (stop > p && byteAt(stop - 1) === 0x2c) stop--;
    if (readAddress(p, stop)) return p;
  }
  return start;
}

/** Reads the time of a line of this format; 1 when there is one. */
export function readCombinedTime(start: i32, end: i32): i32 {
  const time = timeBefore(start, findByte(start, end, QUOTE));
  return time < 0 ? 0 : readCommonTime(time);
}

/** Where the time in brackets before the request's quote begins, or -1. */
function timeBefore(start: i32, quote: i32): i32 {
  let p = quote - 1;
  while (p > start && byteAt(p) === SPACE) p--;
  const time = p - TIME_LENGTH;
  if (time <= start || p === quote - 1 || byteAt(p) !== 0x5d || byteAt(time - 1) !== 0x5b) return -1;
  return time;
}

/** Where the target of a request by another method begins; -1 when it is no request line. */
function otherTarget(request: i32, end: i32): i32 {
  let p = request;
  while (p < end && byteAt(p) >= 0x41 && byteAt(p) <= 0x5a) p++;
  return p > request && p < end && byteAt(p) === SPACE ? p + 1 : -1;
}

/** The quote that closes a string: one with an even number of backslashes before it. */
function closingQuote(p: i32, end: i32): i32 {
  const begin = p;
  while (true) {
    p = findByte(p, end, QUOTE);
    if (p === end) return end;
    let backslashes: i32 = 0;
    while (p - 1 - backslashes >= begin && byteAt(p - 1 - backslashes) === 0x5c) backslashes++;
    if ((backslashes & 1) === 0) return p;
    p++;
  }
}

function digit(p: i32): i32 {
  const value = byteAt(p) - 0x30;
  return value >= 0 && value <= 9 ? value : -1000;
}
