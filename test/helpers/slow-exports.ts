/**
 * What the exports and the dashboard must show, slow and obvious: filters, sets and sorting over a list of actions. Written
 * from spec/outputs.md alone. Rows are lists of cells as a CSV reader gives them.
 */
import type { DaySpan } from '../../src/model/view.ts';
import type { ReadAction } from './read-logs.ts';

const DAY = 86_400_000;
export const dayOf = (time: number) => Math.floor(time / DAY);
const isoDay = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);
const isPull = ({ action }: ReadAction) => action !== 'version_check';
const inSpan = (actions: ReadAction[], { first, last }: DaySpan) =>
  actions.filter(({ time }) => dayOf(time) >= first && dayOf(time) <= last);
const guarded = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function splitSlowly(name: string): [namespace: string, repository: string] {
  const [first, ...rest] = name.split('/');
  return rest.length === 0 ? ['', name] : [first!, rest.join('/')];
}

/** Order of UTF-8 bytes, which is that of code points. */
export const byCodePoints = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

export interface SlowFigures {
  pulls: number;
  pullsByTag: number;
  pullsByDigest: number;
  versionChecks: number;
  models: number;
  datasets: number;
  spaces: number;
  uniqueAddresses: number;
}

function figuresOf(actions: ReadAction[]): SlowFigures {
  const of = (kind: ReadAction['action']) => actions.filter(({ action }) => action === kind).length;
  const ofType = (type: string) => actions.filter(({ repoType }) => repoType === type).length;
  return {
    pulls: of('pull_by_tag') + of('pull_by_digest'),
    pullsByTag: of('pull_by_tag'),
    pullsByDigest: of('pull_by_digest'),
    versionChecks: of('version_check'),
    models: ofType('model'),
    datasets: ofType('dataset'),
    spaces: ofType('space'),
    uniqueAddresses: new Set(actions.map(({ client }) => client).filter((client) => client !== 'unknown'))
      .size,
  };
}

export interface SlowDashboard {
  figures: SlowFigures;
  /** By day of the span: by tag, by digest, version checks. */
  days: [number, number, number][];
  /** In code point order. */
  repositories: (SlowFigures & { name: string; lastPull: number })[];
}

export function dashboardSlowly(all: ReadAction[], span: DaySpan): SlowDashboard {
  const actions = inSpan(all, span);
  const days: SlowDashboard['days'] = [];
  for (let day = span.first; day <= span.last; day++) {
    const figures = figuresOf(actions.filter(({ time }) => dayOf(time) === day));
    days.push([figures.pullsByTag, figures.pullsByDigest, figures.versionChecks]);
  }
  return {
    figures: figuresOf(actions),
    days,
    repositories: groups(actions, ({ name }) => [name]).map(([[name], own]) => {
      const pulls = own.filter(isPull).map(({ time }) => time);
      return {
        name: name!,
        ...figuresOf(own),
        lastPull: pulls.length === 0 ? NaN : Math.max(...pulls),
      };
    }),
  };
}

export function summarySlowly(
  all: ReadAction[],
  span: DaySpan,
  level: 'reference' | 'repository' | 'namespace',
): string[][] {
  const depth = { namespace: 1, repository: 2, reference: 3 }[level];
  return groups(inSpan(all, span), ({ name, reference }) =>
    [...splitSlowly(name), reference].slice(0, depth),
  ).map(([keys, own]) => {
    const { uniqueAddresses, pullsByTag, pullsByDigest, versionChecks } = figuresOf(own);
    return [...keys.map(guarded), ...[uniqueAddresses, pullsByTag, pullsByDigest, versionChecks].map(String)];
  });
}

/** `covered`: whether the files cover a moment of a day. */
export function dailySlowly(all: ReadAction[], span: DaySpan, covered: (day: number) => boolean): string[][] {
  return groups(all.filter(isPull), ({ name }) => [name]).flatMap(([[name], own]) => {
    const days = own.map(({ time }) => dayOf(time));
    const rows: string[][] = [];
    for (let day = Math.min(...days); day <= Math.max(...days); day++) {
      const downloads = days.filter((each) => each === day).length;
      if (day < span.first || day > span.last || (downloads === 0 && !covered(day))) continue;
      const time = `${isoDay(day)}T00:00:00.000Z`;
      rows.push(['image', guarded(name!), String(own.length), time, String(downloads)]);
    }
    return rows;
  });
}

/** Without the user agent's two columns. */
export function rawSlowly(all: ReadAction[], span: DaySpan): string[][] {
  return inSpan(all, span).map(({ time, name, reference, digest, tag, method, action }) => [
    new Date(time).toISOString().slice(0, 19).replace('T', ' '),
    ...splitSlowly(name).map(guarded),
    guarded(reference),
    digest,
    guarded(tag),
    isoDay(dayOf(time)),
    method,
    action,
    '',
    '',
    '',
  ]);
}

function groups(
  actions: ReadAction[],
  keysOf: (action: ReadAction) => string[],
): [keys: string[], actions: ReadAction[]][] {
  const found = new Map<string, [string[], ReadAction[]]>();
  for (const action of actions) {
    const keys = keysOf(action);
    const group = found.get(JSON.stringify(keys)) ?? [keys, []];
    group[1].push(action);
    found.set(JSON.stringify(keys), group);
  }
  return [...found.values()].sort(([a], [b]) =>
    a.reduce((order, key, i) => order || byCodePoints(key, b[i]!), 0),
  );
}
