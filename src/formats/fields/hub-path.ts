/**
 * Requests for files of a hub (spec/classification.md, section 7). In: a path without its query, decoded. Out: type,
 * prefix, repository and reference as byte ranges. `/<org>/<name>/resolve/<rev>/<path>` is a model; `/datasets/…` and
 * `/spaces/…` likewise; any prefix may stand before. The reference is written as git writes it: `<rev>:<path>`.
 * Limits: behind a prefix, a name without an organisation takes the segment before it for one.
 */
import { alloc, byteAt, copyBytes, findByte, findPair, intAt, put8 } from '../bytes.ts';

const HUB_MODEL: i32 = 1;
const HUB_DATASET: i32 = 2;
const HUB_SPACE: i32 = 3;
/** Names of images never begin with a byte up to this: it would make them models, datasets or spaces. */
export const LAST_HUB_TYPE: i32 = 3;

export let hubPrefixEnd: i32 = 0;
/** The type's byte, then the name. The byte before may be written to (rows.ts). */
export let hubNameStart: i32 = 0;
export let hubNameEnd: i32 = 0;
export let hubReferenceStart: i32 = 0;
export let hubReferenceEnd: i32 = 0;

const LONGEST_PATH: i32 = 1 << 16;
let hubName: i32 = 0;
let hubReference: i32 = 0;

const SLASH: i32 = 0x2f;
/** Bytes of "/resolve/". */
const RESOLVE: i32 = 9;

export function initHubPath(): void {
  hubName = alloc(LONGEST_PATH + 2);
  hubReference = alloc(LONGEST_PATH);
}

/**
 * Reads the path [p, end) if a /resolve/ begins before `limit`; answers HUB_*, or 0 when it asks for no file of a hub.
 * `slashes`: how many slashes of the revision were escaped.
 */
export function readHubPath(p: i32, end: i32, limit: i32, slashes: i32): i32 {
  const resolve = findResolve(p, limit, end);
  if (resolve < 0 || end - p > LONGEST_PATH || isApi(p, end)) return 0;
  const organisation = slashBefore(p, resolve);
  const outer = slashBefore(p, organisation);
  let start = outer;
  let before = outer;
  let type = typeOf(outer + 1, organisation);
  if (type !== 0) start = organisation;
  else {
    before = slashBefore(p, outer);
    type = typeOf(before + 1, outer);
    if (type === 0) {
      type = HUB_MODEL;
      before = outer;
    }
  }
  // Without an organisation: /gpt2/resolve/…
  if (organisation < p || outer + 1 >= organisation) start = before = organisation;
  hubPrefixEnd = before > p ? before : p;
  if (isApiBefore(p, hubPrefixEnd)) return 0;
  if (readReference(resolve + RESOLVE, end, slashes) === 0) return 0;
  const size = resolve - start - 1;
  hubNameStart = hubName + 1;
  hubNameEnd = hubNameStart + 1 + size;
  put8(hubNameStart, type);
  copyBytes(hubNameStart + 1, start + 1, size);
  return type;
}

/** How many escaped slashes (%2F) the revision of a path that is not yet decoded holds. */
export function escapedSlashes(p: i32, end: i32): i32 {
  const resolve = findResolve(p, end, end);
  let count: i32 = 0;
  if (resolve < 0) return count;
  for (let at = resolve + RESOLVE; at < end && byteAt(at) !== SLASH; at++) {
    if (byteAt(at) === 0x25 && at + 2 < end && byteAt(at + 1) === 0x32 && (byteAt(at + 2) | 0x20) === 0x66)
      count++;
  }
  return count;
}

/** Puts <rev>:<path> together; 0 when one of them is missing. */
function readReference(p: i32, end: i32, slashes: i32): i32 {
  // Revisions with slashes that a log shows without escapes: refs/pr/1, refs/convert/parquet.
  if (slashes === 0 && end - p > 5 && intAt(p) === 0x73666572 && byteAt(p + 4) === SLASH) slashes = 2;
  let colon = findByte(p, end, SLASH);
  for (; slashes > 0 && colon < end; slashes--) colon = findByte(colon + 1, end, SLASH);
  // No revision of git holds a colon.
  if (colon === p || colon + 1 >= end || findByte(p, colon, 0x3a) < colon) return 0;
  hubReferenceStart = hubReference;
  hubReferenceEnd = hubReference + (end - p);
  copyBytes(hubReference, p, end - p);
  put8(hubReference + (colon - p), 0x3a);
  return 1;
}

/** Where the first /resolve/ behind a name begins, before `limit`; −1: nowhere. */
function findResolve(p: i32, limit: i32, end: i32): i32 {
  for (let at = findPair(p, limit, SLASH, 0x72); at < limit; at = findPair(at + 1, limit, SLASH, 0x72)) {
    if (end - at < RESOLVE) return -1;
    const isResolve =
      intAt(at) === 0x7365722f && intAt(at + 4) === 0x65766c6f && byteAt(at + 8) === SLASH ? 1 : 0;
    if (isResolve && at > p && byteAt(at - 1) !== SLASH) return at;
  }
  return -1;
}

/** The last slash of [p, end), or the place before p. */
function slashBefore(p: i32, end: i32): i32 {
  let at = end - 1;
  while (at >= p && byteAt(at) !== SLASH) at--;
  return at < p ? p - 1 : at;
}

function typeOf(p: i32, end: i32): i32 {
  if (end - p === 8 && intAt(p) === 0x61746164 && intAt(p + 4) === 0x73746573) return HUB_DATASET;
  if (end - p === 6 && intAt(p) === 0x63617073 && intAt(p + 2) === 0x73656361) return HUB_SPACE;
  return 0;
}

/** Whether the path begins with /api/, which is no download; Artifactory's /api/huggingfaceml/ is a prefix like others. */
function isApi(p: i32, end: i32): i32 {
  if (end - p < 5 || intAt(p) !== 0x6970612f || byteAt(p + 4) !== SLASH) return 0;
  return end - p > 9 && intAt(p + 5) === 0x67677568 ? 0 : 1;
}

/** Whether a prefix ends in /api or /api/models: the hub's own calls, behind a proxy. */
function isApiBefore(p: i32, end: i32): i32 {
  if (end - p >= 7 && intAt(end - 7) === 0x646f6d2f && intAt(end - 4) === 0x736c6564) end -= 7;
  return end - p >= 4 && intAt(end - 4) === 0x6970612f ? 1 : 0;
}
