/**
 * A client without workers, for looking at the page: believable, seeded data, any number of repositories.
 * In: options. Out: a Client that answers from memory. Nothing in src imports it.
 */
import { type CountingRules, DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import type { OwnPlaces } from '../../src/model/own-places.ts';
import { stepStarts } from '../../src/lib/local-time.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { Concentration, RepositoryPage } from '../../src/model/repository-page.ts';
import type { Day } from '../../src/model/units.ts';
import type { WhyAnswer } from '../../src/model/why.ts';
import {
  type Breakdown,
  type Breakdowns,
  COVERED_NOT,
  COVERED_PARTLY,
  COVERED_WHOLE,
  type DashboardView,
  type DaySpan,
  type FileReport,
  type LineTally,
  type ReadReport,
  type ReferenceRow,
} from '../../src/model/view.ts';
import { splitForClicks } from '../../src/formats/custom/split-for-clicks.ts';
import type { Client } from '../../src/pipeline/client.ts';
import {
  formatFromClicks,
  readFormatText,
  readPastedText,
  tryFormat,
} from '../../src/pipeline/own-formats.ts';
import { NO_LINES } from './no-lines.ts';
import { randomNumbers } from './random-numbers.ts';

export interface FakeOptions {
  repositories?: number;
  days?: number;
  /** Version checks for each pull. */
  checksPerPull?: number;
  /** How long reading takes, in milliseconds. */
  slowness?: number;
  hostile?: boolean | number;
  /** Files that hold nothing of use. */
  useless?: boolean | number;
}

const FIRST: Day = 20_666; // 1 August 2026
const DAY = 86_400_000;
const TREND = 46;

const NO_WHY: WhyAnswer = {
  actions: 0,
  requests: 0,
  gets: 0,
  uniqueAddresses: 0,
  withoutAddress: 0,
  rules: [],
  hidden: 0,
  hiddenByAlone: [],
  signatures: 0,
  innerHops: 0,
  examples: [],
};
const NO_SOURCES: Concentration = { total: 0, sources: 0, top: [0, 0, 0], withoutAddress: 0 };

/** A repository of which nothing more is known. */
const fakePage = (name: string): RepositoryPage => ({
  name,
  repoType: 'image',
  references: [],
  referenceCount: 0,
  families: [],
  familyCount: 0,
  pullsByKind: [0, 0, 0],
  digests: [],
  digestCount: 0,
  actionsByTag: 0,
  withDigest: 0,
  movedTags: [],
  pullsByHour: new Uint32Array(168),
  checksByHour: new Uint32Array(168),
  pullSources: NO_SOURCES,
  checkSources: NO_SOURCES,
  storms: [],
  stormCount: 0,
  loops: [],
  loopCount: 0,
  adoption: {
    firstDay: 0,
    covered: new Uint8Array(),
    pulls: new Uint32Array(),
    lines: [],
    lineCount: 0,
    tags: [],
    tagCount: 0,
  },
});

const NO_PLACES: OwnPlaces = { databases: [], networks: '', problems: [], sources: [] };
export function createFakeClient(options: FakeOptions = {}): Client {
  const {
    repositories = 37,
    days = 92,
    checksPerPull = 0.6,
    slowness = 0,
    hostile = false,
    useless = false,
  } = options;
  const random = randomNumbers(7);
  const names = namesOf(repositories, hostile, random);
  const weights = names.map((_, i) => (1 / (i + 1.5)) * (0.6 + random() * 0.8));
  const data: DaySpan = { first: FIRST, last: FIRST + days - 1 };
  const covered = (day: Day) => {
    const at = day - FIRST;
    if (at < 0 || at >= days) return COVERED_NOT;
    if (at > 39 && at < 44) return COVERED_NOT;
    return at === 39 || at === 44 || at === days - 1 ? COVERED_PARTLY : COVERED_WHOLE;
  };
  let rules: CountingRules = DEFAULT_RULES;
  let files: FileReport[] = [];
  let stop: (() => void) | null = null;
  let nextSource = 0;
  const total = (day: Day) =>
    covered(day) === COVERED_NOT
      ? 0
      : (560 + 240 * Math.sin(day / 9) + (day === FIRST + 61 ? 1400 : 0)) *
        (isWeekend(day) ? 0.35 : 1) *
        (0.85 + randomNumbers(day)() * 0.3);

  function view(span: DaySpan): DashboardView {
    const length = Math.max(0, span.last - span.first + 1);
    const pulls = Array.from({ length }, (_, i) => total(span.first + i));
    const pullsByTag = Uint32Array.from(pulls, (value) => value * 0.78);
    const pullsByDigest = Uint32Array.from(pulls, (value) => value * (rules.foldFurther ? 0.15 : 0.22));
    const versionChecks = Uint32Array.from(
      pulls,
      (value, i) => value * checksPerPull * (0.8 + randomNumbers(i)() * 0.4),
    );
    const sum = (column: Uint32Array) => column.reduce((a, b) => a + b, 0);
    const all = weights.reduce((a, b) => a + b, 0);
    const share = (column: Uint32Array) =>
      Uint32Array.from(weights, (weight) => (weight / all) * sum(column));
    const trendDays = Math.max(1, Math.ceil(length / TREND));
    const trendLength = Math.ceil(length / trendDays);
    return {
      span,
      figures: {
        pulls: sum(pullsByTag) + sum(pullsByDigest),
        pullsByTag: sum(pullsByTag),
        pullsByDigest: sum(pullsByDigest),
        versionChecks: sum(versionChecks),
        models: 0,
        datasets: 0,
        spaces: 0,
        uniqueAddresses: Math.round(sum(pullsByTag) / 14),
      },
      series: {
        firstDay: span.first,
        pullsByTag,
        pullsByDigest,
        versionChecks,
        downloads: new Uint32Array(length),
        covered: Uint8Array.from({ length }, (_, i) => covered(span.first + i)),
      },
      repositories: {
        length: names.length,
        index: Uint32Array.from(names, (_, i) => i),
        names,
        types: new Uint8Array(names.length),
        downloads: new Uint32Array(names.length),
        pullsByTag: share(pullsByTag),
        pullsByDigest: share(pullsByDigest),
        versionChecks: share(versionChecks),
        uniqueAddresses: share(Uint32Array.from(pullsByTag, (value) => value / 9)),
        lastPull: Float64Array.from(weights, (weight, i) =>
          i % 11 === 10 ? NaN : (span.last + 0.6 - (1 - weight) * 9) * DAY,
        ),
        trend: Uint32Array.from({ length: names.length * trendLength }, (_, at) => {
          const row = Math.floor(at / trendLength);
          return (
            (total(span.first + (at % trendLength) * trendDays) *
              trendDays *
              weights[row]! *
              randomNumbers(at)() *
              1.4) /
            all
          );
        }),
        trendLength,
        trendDays,
      },
      signatureLookUps: Math.round(sum(pullsByTag) / 90),
    };
  }

  function report(): ReadReport {
    const lines = files.map((file) => file.lines);
    const add = (pick: (tally: LineTally) => number) => lines.reduce((sum, tally) => sum + pick(tally), 0);
    const hasData = files.some((file) => file.state === 'read' || file.state === 'partly') && !useless;
    return {
      files,
      total: {
        read: add((l) => l.read),
        counted: add((l) => l.counted),
        dropped:
          lines
            .find((l) => l.dropped.length > 0)
            ?.dropped.map(([status]) => [
              status,
              add((l) => l.dropped.find(([s]) => s === status)?.[1] ?? 0),
            ]) ?? [],
        setAside: add((l) => l.setAside),
        otherFiles: 0,
        loggedTwice: add((l) => l.loggedTwice),
        behind: add((l) => l.behind),
        otherRegistry: add((l) => l.otherRegistry),
        otherPath: add((l) => l.otherPath),
        applicationMessage: add((l) => l.applicationMessage),
        blank: add((l) => l.blank),
        unreadable: add((l) => l.unreadable),
      },
      requests: add((l) => l.counted),
      hidingAddress: null,
      withoutAddress: 3,
      withoutStatus: 0,
      firstTime: hasData ? data.first * DAY + 3_600_000 : NaN,
      lastTime: hasData ? data.last * DAY + 50_000_000 : NaN,
      days: hasData ? data : null,
      lastMonth: !hasData
        ? null
        : days > 31
          ? { first: data.last - 30, last: data.last - 1 }
          : days > 2
            ? { first: data.first, last: data.last - 1 }
            : null,
      months: hasData ? monthsOf(data) : [],
      weeks: hasData ? weeksOf(data) : [],
      coverage: hasData
        ? { firstDay: data.first, covered: Uint8Array.from({ length: days }, (_, i) => covered(FIRST + i)) }
        : null,
    };
  }

  let places = NO_PLACES;
  return {
    parts: Promise.resolve(),
    memory: {
      setOn: async () => {},
      soon: async () => new Map(),
      state: async () => ({ offer: null, stored: 0, quota: null }),
      first: async () => null,
      remember: async () => null,
      handles: async () => [],
      saveHandles: async () => {},
      forget: async () => true,
      session: async () => new Blob(),
      sort: async (given) => ({ files: [...given], kept: [], problems: [] }),
    },
    tookKept: () => false,
    async read(given, onProgress) {
      const before = files;
      const firstSource = nextSource;
      nextSource += given.length;
      const bytesTotal = given.reduce((sum, file) => sum + Math.max(file.size, 40_000_000), 0);
      const begun = Date.now();
      const stopped = new Promise<'stopped'>((resolve) => (stop = () => resolve('stopped')));
      const steps = slowness > 0 ? 40 : 1;
      const read = (async () => {
        for (let step = 1; step <= steps; step++) {
          await new Promise((resolve) => setTimeout(resolve, slowness / steps));
          const share = step / steps;
          const place = Math.min(given.length - 1, Math.floor(share * given.length));
          files = [
            ...before,
            ...given.map((file, i) => ({
              ...fileReport(file.name, i, i > place ? 'waiting' : 'read', useless),
              source: firstSource + i,
            })),
          ];
          onProgress({
            bytesRead: bytesTotal * share,
            bytesTotal,
            linesRead: Math.round((bytesTotal * share) / 190),
            file: place + 1,
            files: given.length,
            fileName: given[place]?.name ?? '',
            elapsed: Date.now() - begun,
            soFar: {
              pullsByTag: Math.round(39_004 * share),
              pullsByDigest: Math.round(9_116 * share),
              versionChecks: Math.round(30_551 * share),
              downloads: 0,
              repositories: Math.round(repositories * Math.min(1, share * 2)),
            },
            states: given.map((file, i) => ({
              name: file.name,
              state:
                i < place
                  ? i === 3
                    ? 'duplicate'
                    : i === 5
                      ? 'failed'
                      : 'read'
                  : i === place
                    ? 'reading'
                    : 'waiting',
              lines: i < place && i !== 3 && i !== 5 ? 812_004 - i * 3100 : 0,
            })),
          });
        }
        return 'read' as const;
      })();
      return Promise.race([read, stopped]);
    },
    async readAgain({ options, remove = [] }) {
      files = files
        .filter(({ source }) => !remove.includes(source))
        .map((file) => ({ ...file, options: options?.get(file.source) ?? file.options }));
      await new Promise((resolve) => setTimeout(resolve, slowness));
      return 'read';
    },
    noise: async () => ({
      actions: 78_671,
      signatures: 4210,
      mirrors: 6120,
      scanners: 96,
      ci: 20_114,
      ownPushes: 812,
    }),
    renameFormats: async () => {},
    unreadable: async (place) => ({
      blob: new Blob([files[place]!.unreadable.map(({ text }) => `${text}\n`).join('')]),
      lines: files[place]!.unreadable.length,
    }),
    firstUnreadable: async (most) =>
      files.flatMap(({ unreadable }) => unreadable.map(({ text }) => text)).slice(0, most),
    readPasted: async (text) => readPastedText(text),
    readFormat: async (text) => readFormatText(text),
    splitLine: async (line) => splitForClicks(line),
    fromClicks: async (line, parts) => formatFromClicks(line, parts),
    tryFormat: (text, lines) => tryFormat(text, lines),
    cancel: () => stop?.(),
    keep: async () => {},
    discard: async () => void (files = []),
    report: async () => report(),
    view: async (span, _filter, step) => (step === 'hour' ? withHours(view(span)) : view(span)),
    series: async (chosen, span, _filter, step) =>
      chosen.map((name, i) => {
        const shown = withHours(view(span));
        const { pullsByTag } = step === 'hour' ? shown.hours! : shown.series;
        return { name, pulls: pullsByTag.map((pulls) => pulls / (i + 2)) };
      }),
    calendar: async () => report(),
    breakdowns: async (span) => breakdownsOf(view(span)),
    lastUse: async () => ({
      length: 0,
      names: [],
      types: [],
      tags: [],
      clients: [],
      nameOf: new Uint32Array(),
      tagOf: new Uint32Array(),
      clientOf: new Uint32Array(),
      pulls: new Uint32Array(),
      versionChecks: new Uint32Array(),
      lastPull: new Float64Array(),
      lastAction: new Float64Array(),
    }),
    detail: async (repository) => ({
      repository,
      name: names[repository]!,
      repoType: 'image',
      references: referencesOf(repository, hostile),
      referenceCount: repository === 0 ? 1412 : 14,
      prefixes: [
        ['', 8120],
        ['/artifactory/api/docker/docker-remote', 904],
      ],
      upstreams: [
        ['docker.io', 512],
        ['ghcr.io', 77],
      ],
    }),
    hammering: async () => {
      const { storms: _, loops: __, ...page } = fakePage(names[0]!);
      return { ...page, bursts: [], addresses: [] };
    },
    repositoryPage: async () => fakePage(names[0]!),
    why: async () => NO_WHY,
    otherCounts: async () => ({ foldFurther: 0, wideWindow: 0 }),
    linesAt: async (_, offsets) => offsets.map(() => ({ state: 'gone' })),
    giveAgain: async () => false,
    sourceOf: async () => ({ address: '192.0.2.1', agent: 'docker/27.3.1' }),
    whereIs: async () => ({ place: null, network: '', systems: 'left out' }),
    setRules: async (next) => {
      await new Promise((resolve) => setTimeout(resolve, slowness / 10));
      rules = next;
    },
    foldable: async () => 1204,
    prepare: async () => {},
    export: async ({ kind, level, spanKind }) => ({
      name: `all_${kind}_${spanKind}.csv`,
      blob: new Blob([`${kind},${level}\r\n`], { type: 'text/csv' }),
      rows: 1204,
    }),
    previewExport: async ({ kind }) => ({
      ...{ name: `all_${kind}_all.csv`, rows: 1204, left: 0, bytes: 96_400, isEstimate: false },
      ...{ columns: ['kind', 'level'], first: [[kind, 'reference']] },
    }),
    async writeExport(_job, keep, onProgress) {
      await keep(new TextEncoder().encode('kind,level\r\n'));
      onProgress({ share: 1, name: '', rows: 1204, files: 1 });
      return { end: 'written', rows: 1204, files: 1, leftOut: [] };
    },
    async setUseRules() {
      return [];
    },
    fetchPlaces() {},
    async places() {
      return places;
    },
    async addDatabase(file) {
      places = { ...places, databases: [...places.databases, file.name] };
      return places;
    },
    async forgetDatabases() {
      places = { ...places, databases: [] };
      return places;
    },
    async setNetworks(networks) {
      places = { ...places, networks };
      return places;
    },
    async forgetPlaces() {
      places = NO_PLACES;
    },
    sources: async () => null,
    reconcile: async () => [],
    setAskColumns: () => {},
    forget: async () => void (files = []),
  };
}

/** Each day's actions, most of them by day. */
function withHours(view: DashboardView): DashboardView {
  const starts = stepStarts(view.span, 'hour');
  const first = starts[0]!;
  const perHour = (days: Uint32Array) =>
    Uint32Array.from(starts.subarray(1), (_, hour) => {
      const share = 1 + Math.sin(((hour % 24) - 8) / 3.8);
      return ((days[Math.floor((starts[hour]! - first) / 86_400)] ?? 0) * share) / 24;
    });
  const { pullsByTag, pullsByDigest, versionChecks, covered } = view.series;
  return {
    ...view,
    hours: {
      starts: starts.map((second) => second * 1000),
      pullsByTag: perHour(pullsByTag),
      pullsByDigest: perHour(pullsByDigest),
      versionChecks: perHour(versionChecks),
      downloads: perHour(view.series.downloads),
      covered: Uint8Array.from(starts.subarray(1), (_, hour) => covered[Math.floor(hour / 24)] ?? 0),
    },
  };
}

/** Fixed shares of a view's figures. */
function breakdownsOf({
  figures: { pulls, pullsByTag, pullsByDigest, versionChecks },
}: DashboardView): Breakdowns {
  const shares = (...values: [value: string, share: number][]): Breakdown => ({
    values: values.map(([value, share]) => ({
      value,
      pulls: Math.round(pulls * share),
      downloads: 0,
      versionChecks: Math.round(versionChecks * share),
    })),
    valueCount: values.length,
  });
  return {
    pulls,
    downloads: 0,
    versionChecks,
    by: {
      action: {
        values: [
          { value: 'pull_by_tag', pulls: pullsByTag, downloads: 0, versionChecks: 0 },
          { value: 'pull_by_digest', pulls: pullsByDigest, downloads: 0, versionChecks: 0 },
          { value: 'version_check', pulls: 0, downloads: 0, versionChecks },
        ],
        valueCount: 3,
      },
      client: shares(['containerd', 0.5], ['docker', 0.4], ['', 0.1]),
      use: shares(['cluster', 0.5], ['ci', 0.2], ['', 0.3]),
      country: shares(['DE', 0.6], ['FR', 0.3], ['(private)', 0.06], ['', 0.04]),
      cloud: shares(['AWS', 0.4], ['', 0.6]),
      networkType: shares(['hosting', 0.7], ['', 0.3]),
      ownNetwork: shares(['', 1]),
      repositoryType: shares(['image', 1]),
    },
    versions: new Map([
      ['docker', shares(['docker 27.3.1', 0.3], ['docker 26.1.4', 0.1], ['docker ', 0])],
      ['containerd', shares(['containerd 1.7.24', 0.5], ['containerd ', 0])],
    ]),
    unknownAgents: shares(['what is this', 0.1], ['', 0]),
    hidden: 0,
    hiddenByAlone: {},
  };
}

function fileReport(
  name: string,
  place: number,
  state: FileReport['state'],
  useless: boolean | number,
): FileReport {
  const isCopy = place === 3;
  const isBroken = /\.(png|docx|xlsx)$/.test(name);
  const isEmpty = isCopy || isBroken || state === 'waiting';
  const lines: LineTally = isEmpty
    ? NO_LINES
    : useless
      ? { ...NO_LINES, read: 50_000, otherPath: 49_990, blank: 10 }
      : {
          read: 20_114,
          counted: 6_230,
          dropped: [
            [401, 310],
            [404, 41],
            [429, 12],
            [308, 3],
          ],
          setAside: 212,
          otherFiles: 0,
          loggedTwice: 118,
          behind: 0,
          otherRegistry: 11_402,
          otherPath: 1_604,
          applicationMessage: 160,
          blank: 10,
          unreadable: 12,
        };
  const problem = (severity: Problem['severity'], reason: string, remedy = '', line = 0): Problem => ({
    severity,
    file: name,
    line,
    reason,
    remedy,
  });
  return {
    name,
    size: 3_812_004 + place * 17_000,
    state: isCopy ? 'duplicate' : isBroken ? 'failed' : state,
    compressed: name.endsWith('.gz'),
    formats: isEmpty
      ? []
      : place % 2
        ? [
            ['distribution (text)', 14_000],
            ['Access log (combined)', 6_102],
          ]
        : [['Access log (combined)', 20_102]],
    isTable: false,
    source: place,
    options: defaultOptions((FIRST + 90) * DAY),
    usesZone: place % 2 === 1,
    usesYear: place % 4 === 1,
    usesStart: false,
    hasForwarded: place % 2 === 0 && !isEmpty,
    missing: isEmpty ? [] : [['distribution (text)', 'It shows no status, so every request counts.']],
    coverage: isEmpty ? null : { firstDay: FIRST + place * 6, covered: Uint8Array.of(1, 2, 2, 2, 2, 2, 1) },
    firstTime: isEmpty ? NaN : (FIRST + place * 6) * DAY + 3_600_000,
    lastTime: isEmpty ? NaN : (FIRST + 6 + place * 6) * DAY + 3_500_000,
    lines,
    unreadableByReason: [6, 4, 2, 0, 0, 0],
    unreadable:
      isEmpty || useless
        ? []
        : [
            {
              line: 88_201,
              offset: 100,
              reason: 1,
              text: '192.0.2.7 - - [31/Foo/2026:25:00:00 +0000] "GET /v2/acme/api/manifests/2.0 HTTP/1.1" 200 512 "-" "curl/8"',
            },
            {
              line: 88_202,
              offset: 200,
              reason: 0,
              text: '<img src=x onerror=alert(1)> \u202egnp.exe \u0000 =HYPERLINK("http://x")',
            },
          ],
    problems: isCopy
      ? [problem('note', `${name} has the same content as access.log. It was not counted again.`)]
      : isBroken
        ? [
            problem(
              'error',
              `${name} is an image, not a log.`,
              'Drop the access log of your registry, plain or as .gz.',
            ),
          ]
        : useless
          ? [
              problem(
                'warning',
                'None of its 50000 lines asks a registry for anything (/v2/…).',
                'Is this the log of the registry host?',
              ),
            ]
          : place === 6
            ? [
                problem(
                  'warning',
                  'The file is cut off: its gzip data ends early. What was read until there is counted.',
                  'Copy the file again.',
                  8801,
                ),
              ]
            : [],
  };
}

function namesOf(length: number, hostile: boolean | number, random: () => number): string[] {
  const teams = ['acme', 'platform', 'data', 'library', 'ml', 'edge', 'tools'];
  const things = [
    'api',
    'worker',
    'web',
    'nginx',
    'scheduler',
    'ingest',
    'gateway',
    'billing',
    'search',
    'trainer',
  ];
  const names = new Set<string>(
    hostile
      ? [
          '__proto__',
          'constructor',
          '<img src=x onerror=alert(1)>',
          'acme/\u202egnp.exe',
          `long/${'very-'.repeat(60)}name`,
          'acme/\u0000nul',
          '',
        ]
      : [],
  );
  while (names.size < length) {
    const name = `${teams[Math.floor(random() * teams.length)]}/${things[Math.floor(random() * things.length)]}`;
    names.add(names.has(name) ? `${name}-${names.size}` : name);
  }
  return [...names].sort();
}

function referencesOf(repository: number, hostile: boolean | number): ReferenceRow[] {
  const random = randomNumbers(repository + 1);
  return Array.from({ length: 14 }, (_, i) => ({
    reference:
      i % 3 === 2
        ? `sha256:${[...Array(64)].map(() => Math.floor(random() * 16).toString(16)).join('')}`
        : i === 0
          ? 'latest'
          : hostile && i === 1
            ? '\u202e"><script>'
            : `2.${14 - i}.${i}`,
    isDigest: i % 3 === 2,
    pullsByTag: i % 3 === 2 ? 0 : Math.round(4000 / (i + 1)),
    pullsByDigest: i % 3 === 2 ? Math.round(1800 / (i + 1)) : 0,
    versionChecks: i % 3 === 2 ? 0 : Math.round(2400 / (i + 1)),
    downloads: 0,
    uniqueAddresses: Math.round(600 / (i + 1)),
    firstSeen: (FIRST + i * 3) * DAY + 40_000_000,
    lastSeen: (FIRST + 91) * DAY - i * 4_000_000,
  }));
}

function weeksOf({ first, last }: DaySpan): ReadReport['weeks'] {
  const weeks: ReadReport['weeks'] = [];
  for (let monday = first - ((first + 3) % 7); monday <= last; monday += 7)
    weeks.unshift({
      span: { first: monday, last: monday + 6 },
      whole: monday >= first && monday + 6 <= last,
    });
  return weeks;
}

function monthsOf({ first, last }: DaySpan): ReadReport['months'] {
  const months: ReadReport['months'] = [];
  for (let day = first; day <= last;) {
    const date = new Date(day * DAY);
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / DAY;
    months.unshift({
      span: { first: Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / DAY, last: next - 1 },
      whole: next - 1 <= last,
    });
    day = next;
  }
  return months;
}

function isWeekend(day: Day): boolean {
  return [6, 0].includes(new Date(day * DAY).getUTCDay());
}
