import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { offline } from './src/build/offline.ts';
import { pages } from './src/build/pages.ts';
import { singleFile } from './src/build/single-file.ts';

const plugins = () => [sourceAsWasm(), svelte({ configFile: false })];
const base: Pick<UserConfig, 'assetsInclude' | 'define' | 'worker'> = {
  assetsInclude: ['**/*.gz'],
  define: { __READ_BY__: JSON.stringify(readBy()) },
  // A worker that is inlined as a classic script also inherits the page's policy: see README, privacy.
  worker: { format: 'iife', plugins: () => [sourceAsWasm()] },
};

export default defineConfig({
  ...base,
  base: './',
  // The service worker is told of all files that come before it.
  plugins: [
    ...plugins(),
    licences(),
    pages(),
    offline(),
    singleFile({ plugins, base, licences: licencesText }),
  ],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // In kB: the table of autonomous systems, loaded where somebody asks for one.
    chunkSizeWarningLimit: 3100,
  },
  preview: { host: '127.0.0.1' },
  test: {
    reporters: ['default', './test/helpers/closing-line.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          testTimeout: 60_000,
          // By itself it leaves one processor idle, of two the half.
          maxWorkers: availableParallelism(),
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A second is not enough for a page on a busy machine.
          expect: { poll: { timeout: 15_000 } },
          fileParallelism: false,
        },
      },
    ],
  },
});

/**
 * `import base64 from './scanner.ts?wasm'`: TypeScript source compiled to WebAssembly. A file of which there is another
 * for AssemblyScript, bytes.ts (typed arrays) and bytes.as.ts (linear memory, SIMD), is replaced by that.
 */
function sourceAsWasm(): Plugin {
  const suffix = '.ts?wasm';
  return {
    name: 'source-as-wasm',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const entry = id.slice(0, -'?wasm'.length);
      const directory = resolve(entry, '..');
      for (const file of sourcesBelow(directory)) this.addWatchFile(file);
      return `export default ${JSON.stringify((await compileSource(entry, directory)).toString('base64'))};`;
    },
  };
}

/** Of all that makes requests of bytes: what another build has read is read again when the file is there. */
function readBy(): string {
  const hash = createHash('sha256');
  for (const room of ['intake', 'formats', 'actions', 'tables', 'lib', 'model', 'pipeline'])
    for (const file of sourcesBelow(resolve('src', room))) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function sourcesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name))
    .sort();
}

async function compileSource(entry: string, directory: string): Promise<Buffer> {
  const hash = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .update(entry);
  for (const file of sourcesBelow(directory)) hash.update(readFileSync(file));
  const cached = resolve('node_modules/.cache/wasm', `${hash.digest('hex')}.wasm`);
  if (existsSync(cached)) return readFileSync(cached);
  const { default: asc } = await import('assemblyscript/asc');
  let wasm: Uint8Array | undefined;
  const output: string[] = [];
  const collect = { write: (text: string | Uint8Array) => (output.push(String(text)), true) };
  const { error } = await asc.main(
    [
      entry,
      '--baseDir',
      directory,
      '--outFile',
      'module.wasm',
      '-O3',
      '--converge',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
    ],
    {
      stdout: collect,
      stderr: collect,
      readFile: (name, base) => {
        const path = resolve(base, name);
        const found = [path.replace(/\.ts$/, '.as.ts'), path].find((each) => existsSync(each));
        return found ? readFileSync(found, 'utf8') : null;
      },
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) wasm = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !wasm) throw new Error(`${entry} does not compile to WebAssembly:\n${output.join('')}`);
  mkdirSync(resolve(cached, '..'), { recursive: true });
  writeFileSync(cached, wasm);
  return Buffer.from(wasm);
}

/** The licences of all packages whose code is in the page go with it: licences.txt. */
function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licencesText() });
    },
  };
}

function licencesText(): string {
  return packagesOf('package.json')
    .sort()
    .map((name) => {
      const directory = join('node_modules', name);
      const { version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
      const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? readFileSync(join(directory, file), 'utf8') : '';
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    })
    .join(`\n${'-'.repeat(72)}\n\n`);
}

/** The packages that a package.json depends on, and theirs. */
function packagesOf(file: string, found = new Set<string>()): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const next = join('node_modules', name, 'package.json');
    if (found.has(name) || !existsSync(next)) continue;
    found.add(name);
    packagesOf(next, found);
  }
  return [...found];
}
