/**
 * What a tag's name says about it. In: a tag. Out: whether it is made for one image, its family, its version and version
 * line. Names are all there is to go by: no log tells whether somebody will push the tag again.
 */
import { isPreRelease, parseVersion, type Version } from '../lib/version.ts';

/** Three numbers with dots between, as a release has them: 1.27.4, v2.0.0-rc.1, release-3.1.4. */
const VERSION = /(?:^|[^0-9.])\d+\.\d+\.\d+/;
/** A day, with or without signs between: 2025-09-01, 20250901, 2025.09.01. */
const DATE = /(?:^|[^0-9])(?:19|20)\d\d([-._]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[^0-9]|$)/;
/** A commit: 7 to 40 hexadecimal digits, at least one of them a number and one a letter. */
const COMMIT = /(?:^|[^0-9a-z])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}(?:[^0-9a-z]|$)/;
/** A number that counts up: build-1234, 48213. */
const BUILD = /(?:^|[-_.])\d{4,}$/;

/** Whether the tag is made for one image: a full version, a day, a commit, a build. All others may move. */
export function isExactTag(tag: string): boolean {
  return VERSION.test(tag) || DATE.test(tag) || COMMIT.test(tag) || BUILD.test(tag);
}

/** What begins a version of three numbers, up to its second dot: 1.27.4-alpine and v1.27.4 are of 1.27.* and v1.27.*. */
const FAMILY = /^((?:[a-z][\w-]*[-_]|v)?\d+\.\d+\.)\d/i;

/** A pattern that all tags of the family fit; null: the tag is of none. */
export function familyOf(tag: string): string | null {
  const match = FAMILY.exec(tag);
  return match ? `${match[1]!}*` : null;
}

/** A name before a version: v1.27, release-3.1. */
const PREFIX = /^(?:[a-z][\w-]*[-_](?=\d)|v(?=\d))/i;

/** What of the tag is a version, as compareVersions reads it: 1.28.0-rc.1 of release-1.28.0-rc.1; '' for none. */
export function versionOfTag(tag: string): string {
  const version = tag.replace(PREFIX, '');
  return /^\d+\.\d/.test(version) && parseVersion(version) ? version : '';
}

export interface NamedLine {
  name: string;
  version: string;
}

const LINE = /^(\d+\.\d+)(?!\d)/;

/** The line that a release is of: 1.28.* of 1.28, 1.28.4 and 1.28-alpine. A tag 1 moves from line to line: null. */
export function versionLine(tag: string): NamedLine | null {
  const version = LINE.exec(versionOfTag(tag))?.[1];
  return version ? { name: `${PREFIX.exec(tag)?.[0] ?? ''}${version}.*`, version } : null;
}

/** All of it, read once. */
export interface TagFacts {
  isExact: boolean;
  family: string | null;
  /** null: the tag is none. */
  version: Version | null;
  /** Without those of trials. */
  line: { name: string; version: Version } | null;
}

/** Tags whose facts are kept: more than most repositories have, and some megabytes. */
const MOST_KEPT = 1 << 15;
const kept = new Map<string, TagFacts>();

export function factsOfTag(tag: string): TagFacts {
  let facts = kept.get(tag);
  if (!facts) {
    const version = versionOfTag(tag);
    const line = isPreRelease(version) ? null : versionLine(tag);
    facts = {
      isExact: isExactTag(tag),
      family: familyOf(tag),
      version: parseVersion(version),
      line: line && { name: line.name, version: parseVersion(line.version)! },
    };
    if (kept.size === MOST_KEPT) kept.clear();
    kept.set(tag, facts);
  }
  return facts;
}
