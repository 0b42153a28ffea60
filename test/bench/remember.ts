/**
 * What remembering costs and gives. In: the page, and a log. Out: rows of a table: from the choice of the log to figures,
 * from then until all of it is kept, how much that is, and after a reload from "Open" to the same figures, and until
 * questions are answered. CPU-s: processor time of the whole browser, which a busy machine changes less.
 */
import { chromium, type Page } from 'playwright-core';
import { chromeOptions } from '../helpers/chrome.ts';
import { cpuSeconds } from './browser.ts';

/** A big log may take long. */
const WAIT = { timeout: 900_000 };

export async function measureRemembering(url: string, file: string, repetitions: number): Promise<string> {
  const lines = [
    '| actions | read, s | CPU-s | kept behind it, s | CPU-s | stored, MB | figures again, s | everything again, s | CPU-s |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  for (let i = 0; i < repetitions; i++) {
    const browser = await chromium.launch(await chromeOptions());
    try {
      lines.push(await measureOnce(await browser.newPage(), url, file));
    } finally {
      await browser.close();
    }
  }
  return lines.join('\n');
}

async function measureOnce(page: Page, url: string, file: string): Promise<string> {
  await page.goto(url);
  await page.evaluate(watch);
  const cpu = [cpuSeconds()];
  await page.getByLabel('Choose files').setInputFiles(file);
  const read = await figuresShown(page);
  cpu.push(cpuSeconds());
  const actions = read.figures.reduce((sum, figure) => sum + figure, 0);
  const begun = performance.now();
  const summary = page.locator('#kept > summary').filter({ hasText: /\d.* stored here/ });
  await summary.waitFor(WAIT);
  const keeping = (performance.now() - begun) / 1000;
  cpu.push(cpuSeconds());
  const stored = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await page.reload();
  const open = page.getByRole('button', { name: 'Open', exact: true });
  await open.waitFor(WAIT);
  await page.evaluate(watch);
  const before = cpuSeconds();
  await open.click();
  const again = await figuresShown(page);
  const [cpuRead, cpuKeep] = [cpu[1]! - cpu[0]!, cpu[2]! - cpu[1]!];
  const cpuAgain = cpuSeconds() - before;
  if (String(again.figures) !== String(read.figures)) throw new Error('What was kept gives other figures.');
  const numbers = [
    ...[read.seconds, cpuRead, keeping, cpuKeep, stored / 1e6],
    ...[again.seconds, again.whole, cpuAgain],
  ].map((number) => number.toFixed(2));
  return `| ${[actions.toLocaleString('en'), ...numbers].join(' | ')} |`;
}

interface Shown {
  seconds: number;
  /** When nothing is still being opened. */
  whole: number;
  figures: number[];
}

async function figuresShown(page: Page): Promise<Shown> {
  for (;;) {
    const shown = await page.evaluate(() => (window as unknown as { shown?: Shown }).shown ?? null);
    if (shown) return shown;
    await page.waitForTimeout(200);
  }
}

/** Runs in the page: notes when figures are shown, counted from the choice of a file or a click. */
function watch(): void {
  // Objects and functions without names: the tool that runs this would call helpers of its own for others.
  const begun = { at: 0, shown: 0 };
  for (const type of ['change', 'click'])
    addEventListener(type, () => (begun.at = performance.now()), { capture: true, once: true });
  const ids = ['pullsByTag', 'pullsByDigest', 'versionChecks'];
  new MutationObserver((_, observer) => {
    const found = ids.map((id) => document.querySelector(`data[aria-labelledby="figure-${id}"]`));
    const status = document.querySelector('[role=status]')?.textContent ?? '';
    if (!status.startsWith('Read 1 file:') || found.some((each) => !each)) return;
    const whole = (performance.now() - begun.at) / 1000;
    begun.shown ||= whole;
    if (status.includes('still being opened')) return;
    observer.disconnect();
    const figures = found.map((each) => Number(each!.getAttribute('value')));
    Object.assign(window, { shown: { seconds: begun.shown, whole, figures } });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
