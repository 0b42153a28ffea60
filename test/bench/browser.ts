/** A browser that is measured: time inside the page, processor time and memory of its processes. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { chromeOptions } from '../helpers/chrome.ts';

export interface Measurement {
  /** From the choice of the file to the figures. */
  seconds: number;
  /** Until repositories and the account of lines stand too, and the page says that all is read. */
  whole: number;
  /** Over all processes of the browser, at the moment at which what is waited for stood. */
  cpuSeconds: number;
  /** Most memory of the renderer above what it had before, in MB. */
  memory: number;
  status: string;
  figures: Record<string, number>;
  /** Until countries and clients are shown as well; only where they are waited for. */
  withFacts: number;
  /** Longest task of the page's main thread that ended before the figures stood, in ms; 0 when none was over 50. */
  longestTask: number;
}

type PageMeasurement = Pick<Measurement, 'seconds' | 'whole' | 'status' | 'longestTask' | 'withFacts'>;

/** What is waited for: the figures, or countries and clients as well; `no tables`: there are none to be loaded. */
export type Wait = 'figures' | 'facts' | 'no tables';

/** By then the page has loaded its parts and put them by for being offline: before, nobody has chosen a file yet. */
const LOADED = 2000;

/** Opens a fresh browser on the page, gives it the file, and waits for the answer. */
export async function measure(
  url: string,
  file: string,
  cores: number,
  wait: Wait = 'figures',
): Promise<Measurement> {
  const browser = await chromium.launch(await chromeOptions());
  try {
    const page = await browser.newPage();
    // The page makes one parse worker for each core.
    await page.addInitScript((count) => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { value: count });
    }, cores);
    if (wait === 'no tables') await page.route('**/places.bin*', (route) => route.abort());
    await page.goto(url);
    await page.waitForTimeout(LOADED);
    await page.evaluate(watch);
    const processes = ownProcesses();
    const renderer = largestRenderer(processes);
    resetPeak(renderer);
    const stands = new Map<string, () => void>();
    const standing = (what: string) =>
      new Promise<number>((resolve) => stands.set(what, () => resolve(cpuOf(ownProcesses()))));
    const figures = standing(wait === 'facts' ? 'facts' : 'figures');
    const whole = standing('whole');
    await page.exposeBinding('pullscopeStands', (_, what: string) => stands.get(what)?.());
    const before = { cpu: cpuOf(processes), memory: peakOf(renderer) };
    await page.getByLabel('Choose files').setInputFiles(file);
    const cpuSeconds = (await figures) - before.cpu;
    await whole;
    // Evaluated by the test tool, not by the page, whose policy forbids strings as scripts.
    const measured = await page.evaluate(() => (window as unknown as { measured: PageMeasurement }).measured);
    return {
      ...measured,
      cpuSeconds,
      memory: peakOf(renderer) - before.memory,
      figures: await figuresOf(page),
    };
  } finally {
    await browser.close();
  }
}

/** Opens a page that measures by itself, and gives what it writes when its title says that it is done. */
export async function textOfMeasuring(url: string): Promise<string> {
  const browser = await chromium.launch(await chromeOptions());
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => document.title === 'Measured', null, { timeout: 0 });
    return await page.locator('pre').innerText();
  } finally {
    await browser.close();
  }
}

/** Runs in the page: notes when figures stand, and when the status tells the end, by the page's own clock. */
function watch(): void {
  const started = { at: 0 };
  let longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  }).observe({ type: 'longtask' });
  addEventListener('change', () => (started.at = performance.now()), { capture: true });
  new MutationObserver(() => {
    const seconds = (performance.now() - started.at) / 1000;
    const target = window as unknown as {
      measured?: PageMeasurement;
      pullscopeStands(what: string): void;
    };
    const status = document.querySelector('[role=status]')?.textContent?.trim() ?? '';
    const isSaid = status.startsWith('Read 1 file:');
    // The floor has no figures.
    if (!target.measured && (isSaid || document.querySelector('main data'))) {
      target.measured = { seconds, whole: 0, status: '', longestTask, withFacts: 0 };
      target.pullscopeStands('figures');
    }
    const { measured } = target;
    if (isSaid && measured?.whole === 0) {
      Object.assign(measured, { whole: seconds, status });
      target.pullscopeStands('whole');
    }
    if (measured?.withFacts !== 0) return;
    const headings = [...document.querySelectorAll('h3')].map(({ textContent }) => textContent);
    if (!headings.includes('Countries')) return;
    measured.withFacts = seconds;
    target.pullscopeStands('facts');
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

async function figuresOf(page: Page): Promise<Record<string, number>> {
  const names = ['Pulls by tag', 'Pulls by digest', 'Version checks', 'Unique IP addresses'];
  const figures: Record<string, number> = {};
  for (const name of names) {
    const figure = page.getByLabel(name, { exact: true }).and(page.locator('data'));
    if ((await figure.count()) > 0) figures[name] = Number(await figure.first().getAttribute('value'));
  }
  return figures;
}

interface Process {
  id: number;
  parent: number;
  command: string;
  /** User and system time, in seconds. */
  cpu: number;
}

function allProcesses(): Process[] {
  const found: Process[] = [];
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      found.push({
        id: Number(id),
        parent: Number(fields[1]),
        command: readFileSync(`/proc/${id}/cmdline`, 'utf8'),
        // Ticks of a hundredth of a second.
        cpu: (Number(fields[11]) + Number(fields[12])) / 100,
      });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** The browser's own process and everything below it: the bench starts no other program while it measures. */
export function ownProcesses(): Process[] {
  const all = allProcesses();
  const family = new Set([process.pid]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { id, parent } of all) {
      if (!family.has(id) && family.has(parent)) {
        family.add(id);
        grown = true;
      }
    }
  }
  return all.filter(({ id, command }) => id !== process.pid && family.has(id) && command.includes('--'));
}

const cpuOf = (processes: Process[]) => processes.reduce((sum, { cpu }) => sum + cpu, 0);
/** Of the browser, until now. */
export const cpuSeconds = () => cpuOf(ownProcesses());

export function memoryLine(id: number, name: string): number {
  const match = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${id}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) / 1000;
}

export function largestRenderer(processes: Process[]): number {
  const renderers = processes.filter(({ command }) => command.includes('--type=renderer'));
  renderers.sort((a, b) => memoryLine(b.id, 'VmRSS') - memoryLine(a.id, 'VmRSS'));
  return renderers[0]!.id;
}

function resetPeak(id: number): void {
  // 5: the peak begins anew. Needs the right to write; without it the peak is that of the whole life.
  try {
    writeFileSync(`/proc/${id}/clear_refs`, '5');
  } catch {
    // Not allowed here.
  }
}

const peakOf = (id: number) => memoryLine(id, 'VmHWM');
