/**
 * A Chromium for end-to-end tests and the bench, on any machine: CHROME_PATH, else one that is installed, else the one
 * that comes inside a package of node_modules (Linux, x64), else Debian's.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { LaunchOptions } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const BUNDLED = resolve('node_modules/.cache/chromium');

/** What Playwright needs to start it. Throws with the command that mends it when there is none. */
export async function chromeOptions(): Promise<LaunchOptions> {
  if (process.env.CHROME_PATH) return { executablePath: process.env.CHROME_PATH, args: ARGUMENTS };
  // Elsewhere Playwright knows where Chrome installs itself.
  if (process.platform !== 'linux') return { channel: 'chrome', args: ARGUMENTS };
  const found = installed() ?? (await bundled()) ?? fromDebian();
  if (!found) {
    throw new Error(
      'No Chrome or Chromium found. Install one (apt-get install chromium) or set CHROME_PATH.',
    );
  }
  return { executablePath: found, args: ARGUMENTS };
}

function installed(): string | undefined {
  for (const name of NAMES) {
    for (const directory of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(directory, name);
      if (isExecutable(path) && runs(path)) return path;
    }
  }
  return undefined;
}

/** The Chromium inside @sparticuz/chromium, unpacked once beside node_modules' other caches. */
async function bundled(): Promise<string | undefined> {
  if (process.arch !== 'x64') return undefined;
  const path = join(BUNDLED, 'chromium');
  if (!existsSync(path)) {
    mkdirSync(resolve(BUNDLED, '..'), { recursive: true });
    const directory = mkdtempSync(`${BUNDLED}-`);
    // The package unpacks into the temporary directory, and its libraries only where it takes itself for a Lambda.
    const changed = { TMPDIR: directory, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    const before = { ...process.env };
    Object.assign(process.env, changed);
    try {
      const { default: chromium } = await import('@sparticuz/chromium');
      await chromium.executablePath();
      renameSync(directory, BUNDLED);
    } catch {
      rmSync(directory, { recursive: true, force: true });
    } finally {
      for (const name of [...Object.keys(changed), 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  }
  if (runs(path)) return path;
  // A bare machine has no NSS and no expat: the package's own.
  const libraries = join(BUNDLED, 'al2023', 'lib');
  process.env.LD_LIBRARY_PATH = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return runs(path) ? path : undefined;
}

function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const install =
      'apt-get update && apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends chromium';
    execFileSync('sh', ['-c', install], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch {
    return undefined;
  }
  return installed();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function runs(path: string): boolean {
  try {
    execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
