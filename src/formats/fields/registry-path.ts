/**
 * Request targets (spec/classification.md, section 2). In: a target as the log shows it. Out: what kind of request it
 * is and, for manifests, prefix, name, reference and upstream as byte ranges.
 * Order: log escapes, scheme and host, query and fragment, percent-decoding once; non-greedy prefix, last /manifests/.
 * Files of a hub (hub-path.ts) go the way of manifests; `hubType` tells them apart.
 */
import { alloc, findByte, findPair, put8, byteAt, intAt } from '../bytes.ts';
import { scanTarget, targetLastSlash, targetSpecial } from '../masks.ts';
import {
  escapedSlashes,
  hubNameEnd,
  hubNameStart,
  hubPrefixEnd,
  hubReferenceEnd,
  hubReferenceStart,
  initHubPath,
  LAST_HUB_TYPE,
  readHubPath,
} from './hub-path.ts';

/** A manifest, or a file of a hub. */
export const PATH_MANIFEST: i32 = 0;
export const PATH_OTHER_REGISTRY: i32 = 1;
const PATH_OTHER: i32 = 2;

export let prefixStart: i32 = 0;
export let prefixEnd: i32 = 0;
export let nameStart: i32 = 0;
export let nameEnd: i32 = 0;
export let referenceStart: i32 = 0;
export let referenceEnd: i32 = 0;
/** Host of ?ns=; empty range when there is none. */
export let upstreamStart: i32 = 0;
export let upstreamEnd: i32 = 0;
/** HUB_* of hub-path.ts when the target is a file of a hub, else 0. */
export let hubType: i32 = 0;
/** Where the target ended in the line. */
export let targetEnd: i32 = 0;

/** Targets that need decoding are rewritten here; longer ones are not manifests. */
const LONGEST_DECODED: i32 = 1 << 16;
let decoded: i32 = 0;

const V2: i32 = 0x2f32762f; // "/v2/"

export function initRegistryPath(): void {
  decoded = alloc(LONGEST_DECODED);
  initHubPath();
}

/** Reads the target that begins at p and ends at the first blank, quote, or end. */
export function readTarget(p: i32, end: i32): i32 {
  const stop = scanTarget(p, end);
  targetEnd = stop;
  upstreamStart = 0;
  upstreamEnd = 0;
  hubType = 0;
  if (targetSpecial) {
    // Mostly a query alone, and what stands in it matters only of a manifest.
    if (byteAt(p) !== 0x2f || byteAt(targetSpecial) !== 0x3f) return readSpecialTarget(p, stop);
    const kind = readPath(p, targetSpecial, targetLastSlash, 0);
    if (kind !== PATH_MANIFEST) return kind;
    if (findByte(targetSpecial, stop, 0x5c) < stop) return readSpecialTarget(p, stop);
    readUpstream(targetSpecial + 1, stop);
    return kind;
  }
  // A host's slashes are before the path, so the last slash stays right.
  const path = byteAt(p) === 0x2f ? p : skipHost(p, stop);
  return readPath(path, stop, targetLastSlash, 0);
}

/** A manifest whose name and reference a log shows without a path. */
export function setTarget(nameFrom: i32, nameTo: i32, referenceFrom: i32, referenceTo: i32): void {
  while (nameFrom < nameTo && byteAt(nameFrom) <= LAST_HUB_TYPE) nameFrom++;
  hubType = 0;
  prefixStart = nameFrom;
  prefixEnd = nameFrom;
  nameStart = nameFrom;
  nameEnd = nameTo;
  referenceStart = referenceFrom;
  referenceEnd = referenceTo;
  upstreamStart = 0;
  upstreamEnd = 0;
}

/** Targets with escapes, a query or a fragment. */
function readSpecialTarget(p: i32, end: i32): i32 {
  if (end - p > LONGEST_DECODED) return PATH_OTHER;
  if (findByte(p, end, 0x5c) < end) {
    end = unescapeInto(p, end);
    p = decoded;
  }
  p = skipHost(p, end);
  let stop = p;
  while (stop < end && byteAt(stop) !== 0x3f && byteAt(stop) !== 0x23) stop++;
  const query = stop < end && byteAt(stop) === 0x3f ? stop + 1 : end;
  let slashes: i32 = 0;
  if (findByte(p, stop, 0x25) < stop) {
    slashes = escapedSlashes(p, stop);
    stop = percentDecodeInto(p, stop);
    p = decoded;
  }
  let slash = stop - 1;
  while (slash >= p && byteAt(slash) !== 0x2f) slash--;
  const kind = readPath(p, stop, slash < p ? -1 : slash, slashes);
  if (kind === PATH_MANIFEST) readUpstream(query, end);
  return kind;
}

function readPath(p: i32, end: i32, lastSlash: i32, slashes: i32): i32 {
  const v2 = findV2(p, end);
  if (v2 < 0) {
    if (takeHubPath(p, end, end, slashes)) return PATH_MANIFEST;
    return isTokenPath(p, end) ? PATH_OTHER_REGISTRY : PATH_OTHER;
  }
  if (lastSlash < 0 || lastSlash + 1 >= end || !isManifestsBefore(lastSlash)) {
    // A revision or a folder of a hub may be called v2.
    return v2 !== p && takeHubPath(p, end, v2, slashes) ? PATH_MANIFEST : PATH_OTHER_REGISTRY;
  }
  prefixStart = p;
  prefixEnd = v2;
  nameStart = byteAt(v2) === 0x2f ? v2 + 4 : v2 + 3;
  nameEnd = lastSlash - 10;
  if (nameEnd <= nameStart || byteAt(nameStart) <= LAST_HUB_TYPE) return PATH_OTHER_REGISTRY;
  referenceStart = lastSlash + 1;
  referenceEnd = end;
  return PATH_MANIFEST;
}

/** Takes the path for a file of a hub, if it is one. */
function takeHubPath(p: i32, end: i32, limit: i32, slashes: i32): i32 {
  hubType = readHubPath(p, end, limit, slashes);
  if (hubType === 0) return 0;
  prefixStart = p;
  prefixEnd = hubPrefixEnd;
  nameStart = hubNameStart;
  nameEnd = hubNameEnd;
  referenceStart = hubReferenceStart;
  referenceEnd = hubReferenceEnd;
  return 1;
}

/** "/manifests" right before the slash. */
function isManifestsBefore(slash: i32): i32 {
  return intAt(slash - 10) === 0x6e616d2f &&
    intAt(slash - 6) === 0x73656669 &&
    byteAt(slash - 2) === 0x74 &&
    byteAt(slash - 1) === 0x73
    ? 1
    : 0;
}

/** Where the first /v2/ begins (a path may begin with v2/, or end in /v2), or -1. */
function findV2(p: i32, end: i32): i32 {
  if (end - p >= 4 && intAt(p) === V2) return p;
  if (end - p >= 3 && byteAt(p) === 0x76 && byteAt(p + 1) === 0x32 && byteAt(p + 2) === 0x2f) return p;
  while (true) {
    p = findPair(p, end, 0x2f, 0x76);
    if (end - p < 3) return -1;
    if (byteAt(p + 2) === 0x32 && (p + 3 === end || byteAt(p + 3) === 0x2f)) return p;
    p++;
  }
}

/** Paths that end in /token or /auth: the services that clients are sent to by a 401. */
function isTokenPath(p: i32, end: i32): i32 {
  if (end - p >= 6 && byteAt(end - 6) === 0x2f && byteAt(end - 5) === 0x74 && intAt(end - 4) === 0x6e656b6f)
    return 1;
  return end - p >= 5 && byteAt(end - 5) === 0x2f && intAt(end - 4) === 0x68747561 ? 1 : 0;
}

/** Takes scheme and host off: http://host/path. Everything that does not begin with a scheme stays. */
function skipHost(p: i32, end: i32): i32 {
  if (p >= end || byteAt(p) === 0x2f) return p;
  const colon = findByte(p, end, 0x3a);
  if (colon + 2 >= end || byteAt(colon + 1) !== 0x2f || byteAt(colon + 2) !== 0x2f) return p;
  let path = colon + 3;
  while (path < end && byteAt(path) !== 0x2f && byteAt(path) !== 0x3f && byteAt(path) !== 0x23) path++;
  return path;
}

/** The value of ns in a query. */
function readUpstream(p: i32, end: i32): void {
  while (p < end) {
    let stop = p;
    while (stop < end && byteAt(stop) !== 0x26 && byteAt(stop) !== 0x23) stop++;
    if (stop - p > 3 && byteAt(p) === 0x6e && byteAt(p + 1) === 0x73 && byteAt(p + 2) === 0x3d) {
      upstreamStart = p + 3;
      upstreamEnd = stop;
      return;
    }
    if (stop < end && byteAt(stop) === 0x23) return;
    p = stop + 1;
  }
}

/** Undoes \xHH, \" and \\ of access logs (and \u00HH of JSON) into `decoded`; answers the new end. */
function unescapeInto(p: i32, end: i32): i32 {
  let to = decoded;
  while (p < end) {
    const byte = byteAt(p);
    if (byte === 0x5c && p + 1 < end) {
      const kind = byteAt(p + 1);
      const digits = kind === 0x78 ? p + 2 : kind === 0x75 ? p + 4 : 0;
      if (digits !== 0 && digits + 2 <= end && hexByte(digits) > 0) {
        put8(to++, hexByte(digits));
        p = digits + 2;
        continue;
      }
      put8(to++, kind);
      p += 2;
      continue;
    }
    put8(to++, byte);
    p++;
  }
  return to;
}

/**
 * %HH becomes its byte; what is no such escape stays, and so does %00, because prefix and name have a NUL between them.
 * In place is fine: the text only gets shorter.
 */
function percentDecodeInto(p: i32, end: i32): i32 {
  let to = decoded;
  while (p < end) {
    let byte = byteAt(p);
    if (byte === 0x25 && p + 2 < end && hexByte(p + 1) > 0) {
      byte = hexByte(p + 1);
      p += 2;
    }
    put8(to++, byte);
    p++;
  }
  return to;
}

/** Value of two hexadecimal digits, or -1. */
export function hexByte(p: i32): i32 {
  const high = hexDigit(byteAt(p));
  const low = hexDigit(byteAt(p + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(byte: i32): i32 {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
