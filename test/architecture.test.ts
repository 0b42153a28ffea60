import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve('src');

/** Which rooms a room may import from, besides itself (src/README.md). */
const MAY_IMPORT: Record<string, string[]> = {
  lib: ['model'],
  model: ['lib'],
  intake: ['model', 'lib'],
  formats: ['model', 'lib'],
  actions: ['model', 'lib'],
  clients: ['model', 'lib'],
  aggregates: ['model', 'lib'],
  exports: ['model', 'lib'],
  places: ['model', 'lib'],
  tables: ['model', 'lib'],
  cache: ['model', 'lib'],
  pipeline: [
    'model',
    'lib',
    'intake',
    'formats',
    'actions',
    'clients',
    'places',
    'aggregates',
    'exports',
    'tables',
    'cache',
  ],
  // Of the pipeline only client.ts: its own test is below.
  session: ['model', 'lib', 'pipeline'],
  // What writes the pages of a build: nothing imports it but vite.config.ts.
  build: [],
  views: ['model', 'lib', 'session'],
  // The floor plan and its mounting.
  '': ['model', 'lib', 'session', 'views', 'pipeline'],
};

const MAKES_TABLES = /^places\/compile\//;
const WRITES_PAGES = /^build\//;
const RUNS_IN_NODE = /^(places\/compile|build)\//;

/** The one door of each package. */
const DOORS: Record<string, RegExp> = {
  comlink: /^pipeline\//,
  '@noble/hashes': /^lib\/sha256\.ts$/,
  idb: /^cache\//,
  'chart.js': /^views\/charts\//,
  fzstd: /^intake\/decode-zstd\.ts$/,
  'xz-decompress': /^intake\/decode-xz\.ts$/,
  fflate: /^intake\/inflate-members\.ts$/,
  // The command that makes the tables of places; the page never imports it (tested below).
  'node:child_process': MAKES_TABLES,
  'node:crypto': WRITES_PAGES,
  'node:fs': RUNS_IN_NODE,
  'node:os': MAKES_TABLES,
  'node:path': RUNS_IN_NODE,
  'node:zlib': MAKES_TABLES,
  vite: WRITES_PAGES,
  papaparse: /^(exports\/csv|tables\/read-csv)\.ts$/,
  svelte: /^(views|session)\/|^(main\.ts|App\.svelte)$/,
};

/** Rooms that may know the browser. */
const KNOWS_BROWSER = /^(views|session|pipeline)\/|^(main\.ts|App\.svelte)$/;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|svelte)$/.test(name))
  .map((name) => name.replaceAll('\\', '/'))
  .sort();

const textOf = (file: string) => readFileSync(join(SRC, file), 'utf8');
const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');

interface Import {
  from: string;
  /** A file of src, or a package. */
  to: string;
  isPackage: boolean;
}

function importsOf(file: string): Import[] {
  const found = textOf(file).matchAll(
    /(?:^|\n|;|\s)(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => {
    const target = (match[1] ?? match[2])!;
    if (!target.startsWith('.')) {
      const parts = target.split('/');
      return {
        from: file,
        to: target.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!,
        isPackage: true,
      };
    }
    const path = relative(SRC, resolve(SRC, dirname(file), target.replace(/\?.*$/, '')));
    return { from: file, to: path.replaceAll('\\', '/'), isPackage: false };
  });
}

const imports = files.flatMap(importsOf);

test('the imports are found at all', () => {
  expect(imports.length).toBeGreaterThan(files.length);
  expect(imports.filter(({ isPackage }) => isPackage).map(({ to }) => to)).toContain('comlink');
});

test('rooms import only the rooms that the plan allows', () => {
  const wrong = imports
    .filter(({ isPackage, to }) => !isPackage && !to.startsWith('..'))
    .filter(({ from, to }) => roomOf(from) !== roomOf(to) && !MAY_IMPORT[roomOf(from)]?.includes(roomOf(to)))
    .map(({ from, to }) => `${from} -> ${to}`);
  expect(wrong).toEqual([]);
});

test('session reaches the pipeline through its client only', () => {
  const doors = imports.filter(({ from, to }) => roomOf(from) === 'session' && roomOf(to) === 'pipeline');
  expect(new Set(doors.map(({ to }) => to))).toEqual(new Set(['pipeline/client.ts']));
});

test('nothing in src imports from outside of it', () => {
  expect(imports.filter(({ isPackage, to }) => !isPackage && to.startsWith('..'))).toEqual([]);
});

test('each package has one door', () => {
  const wrong = imports
    .filter(({ isPackage, from, to }) => isPackage && !DOORS[to]?.test(from))
    .map(({ from, to }) => `${from} -> ${to}`);
  expect(wrong).toEqual([]);
});

test('the page never imports what makes the tables of places', () => {
  const wrong = imports.filter(({ from, to }) => MAKES_TABLES.test(to) && !MAKES_TABLES.test(from));
  expect(wrong).toEqual([]);
});

test('there are no cycles', () => {
  const next = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((each) => !each.isPackage)
        .map(({ to }) => to),
    ]),
  );
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const to of next.get(file) ?? []) {
      const cycle = visit(to, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  expect(files.map((file) => visit(file, [])).find(Boolean) ?? null).toBeNull();
});

test('worker files hold no logic', () => {
  const workers = files.filter((file) => file.endsWith('.worker.ts'));
  expect(workers).toHaveLength(2);
  for (const file of workers) expect(textOf(file).split('\n').length).toBeLessThan(10);
});

test('only views, session and pipeline know the browser', () => {
  const wrong = files
    .filter((file) => !KNOWS_BROWSER.test(file))
    .filter((file) => /\b(window|document|localStorage|navigator|postMessage)\b\.?[.(]/.test(textOf(file)));
  expect(wrong).toEqual([]);
});

test('no file is longer than 400 lines', () => {
  const long = files.filter((file) => textOf(file).split('\n').length > 401);
  expect(long).toEqual([]);
});

test('the code leaves no debugging behind', () => {
  const wrong = files.filter((file) => /console\.log|debugger|alert\(/.test(textOf(file)));
  expect(wrong).toEqual([]);
});

test('every file says at its head what it is', () => {
  expect(files.filter((file) => !/^(\/\*\*|<!--|\/\/\/?) ?\S?/.test(textOf(file)))).toEqual([]);
});

test('what is exported is read elsewhere, if only by a test', () => {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const readers = new Map([
    ...files.map((file) => [file, textOf(file)] as const),
    ['vite.config.ts', readFileSync('vite.config.ts', 'utf8')] as const,
    ...tests.map((name) => [`test/${name}`, readFileSync(join('test', name), 'utf8')] as const),
  ]);
  const filesByWord = new Map<string, Set<string>>();
  for (const [file, text] of readers) {
    for (const [word] of text.matchAll(/\w+/g)) {
      const known = filesByWord.get(word) ?? new Set();
      filesByWord.set(word, known.add(file));
    }
  }
  const unread = files.flatMap((file) =>
    [...textOf(file).matchAll(/^export (?:async )?(?:function\*?|const|let) (?!enum)(\w+)/gm)]
      .map((match) => match[1]!)
      .filter((name) => filesByWord.get(name)!.size < 2)
      .map((name) => `${file}: ${name}`),
  );
  expect(unread).toEqual([]);
});
