/**
 * Versions. In: texts such as 27.3.1, v1.4.0-beta.1, 20.10.24+dfsg1, 0.18.0.dev0. Out: their order.
 * Limits: a suffix that names no stage (+unknown, ~ds1, -ce, -k3s1, -0ubuntu1) does not count, since programs,
 * distributions and vendors each use it their own way.
 */

export interface Version {
  numbers: readonly number[];
  /** Place of the pre-release's name in STAGES; RELEASE for none. */
  stage: number;
  /** 2 of rc.2; 0 when it has none. */
  stageNumber: number;
}

/** Names of pre-releases in their order; Python writes a, b and c. */
const STAGES: readonly (readonly string[])[] = [
  ['dev', 'snapshot', 'nightly', 'canary', 'edge'],
  ['alpha', 'a'],
  ['beta', 'b'],
  ['pre', 'preview', 'tp'],
  ['rc', 'c'],
];
const RELEASE = STAGES.length;
const STAGE_OF = new Map(STAGES.flatMap((names, stage) => names.map((name) => [name, stage] as const)));
/** Fifteen digits are exact in a number. */
const NUMBERS = /^v?(\d{1,15}(?:\.\d{1,15}){0,9})(?![\d])/;
const STAGE = /^[-._~]?([a-z]{1,8})[-._]?(\d{0,9})(?![a-z])/i;
/** Go's name for a commit between releases, -0.20220507185902-82405e5dfa82: it stands before the release. */
const BETWEEN_RELEASES = /^-(?:0\.)?\d{14}-[0-9a-f]{12}/;

/** Null when the text does not begin with a number, or is longer than any version. */
export function parseVersion(text: string): Version | null {
  const found = text.length <= 200 ? NUMBERS.exec(text) : null;
  if (!found) return null;
  const numbers = found[1]!.split('.').map(Number);
  const suffix = text.slice(found[0].length);
  // 82405e5dfa82 is a commit.
  if (/^[0-9a-z]/i.test(suffix) && !stageOf(suffix)) return null;
  if (BETWEEN_RELEASES.test(suffix)) return { numbers, stage: 0, stageNumber: 0 };
  const [stage, stageNumber] = stageOf(suffix) ?? [RELEASE, 0];
  return { numbers, stage, stageNumber };
}

function stageOf(suffix: string): [stage: number, number: number] | null {
  const found = STAGE.exec(suffix);
  const stage = found && STAGE_OF.get(found[1]!.toLowerCase());
  return stage == null ? null : [stage, Number(found![2])];
}

/** Negative when a is older. 27 is 27.0.0. Texts that are no versions come first, in the order of their letters. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (!left || !right) return left ? 1 : right ? -1 : a < b ? -1 : a > b ? 1 : 0;
  return compareParsed(left, right);
}

/** The same of versions that were parsed before: for sorting many. */
export function compareParsed(a: Version, b: Version): number {
  return compareNumbers(a.numbers, b.numbers) || a.stage - b.stage || a.stageNumber - b.stageNumber;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** rc, beta and the like. */
export function isPreRelease(version: string): boolean {
  return (parseVersion(version)?.stage ?? RELEASE) < RELEASE;
}

/** What is released together: 27 of 27.3.1, 0.23 of 0.23.2, since before 1.0 the second number counts. Empty for none. */
export function releaseLine(version: string): string {
  const parsed = parseVersion(version);
  if (!parsed) return '';
  const [major, minor] = parsed.numbers;
  return major === 0 && minor !== undefined ? `0.${minor}` : String(major);
}

/** 27.3 of 27.3.1; of 27 alone 27. Empty for none. */
export function minorLine(version: string): string {
  return parseVersion(version)?.numbers.slice(0, 2).join('.') ?? '';
}

/** Whether a version stands before a line (27, or 0.23, or 1.7.2). A pre-release of 27 is not older than 27. */
export function isOlderThan(version: string, line: string): boolean {
  const [parsed, limit] = [parseVersion(version), parseVersion(line)];
  if (!parsed || !limit) return false;
  return compareNumbers(parsed.numbers.slice(0, limit.numbers.length), limit.numbers) < 0;
}
