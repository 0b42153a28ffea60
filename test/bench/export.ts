/**
 * What a long export costs: seconds, and the most memory of the renderer above what it had when the export began, with
 * all rows held. Nothing is asserted. Run: npm run bench -- --export [--rows 50000000] [--kinds raw,gzip,weeks,api]
 * CPU-s: processor time of the whole browser, which a busy machine changes less.
 * Files go to the browser's own file system, through the same handle that its save dialog gives.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromeOptions } from '../helpers/chrome.ts';
import { actionsLog } from './actions-log.ts';
import { cpuSeconds, largestRenderer, memoryLine, ownProcesses } from './browser.ts';

interface Export {
  kind: string;
  what: string;
  press(page: Page): Promise<void>;
}

const EXPORTS: Export[] = [
  {
    kind: 'raw',
    what: 'raw CSV of everything',
    press: (page) => saveShown(page, false),
  },
  {
    kind: 'gzip',
    what: 'the same as .csv.gz',
    press: (page) => saveShown(page, true),
  },
  {
    kind: 'weeks',
    what: 'zip of raw weeks',
    async press(page) {
      for (const name of ['Summary by tag and digest', 'Summary by repository', 'Summary by namespace'])
        await page.getByRole('checkbox', { name }).uncheck();
      await page.getByRole('checkbox', { name: 'Daily downloads' }).uncheck();
      await page.getByRole('checkbox', { name: 'Months' }).uncheck();
      await page.getByRole('button', { name: 'Save all as one zip' }).click();
    },
  },
  {
    kind: 'api',
    what: 'Data API as files',
    press: (page) => page.getByRole('button', { name: 'Save Data API as files' }).click(),
  },
];

export async function measureExports(
  url: string,
  rows: number,
  kinds: readonly string[],
  directory: string,
  print: (line: string) => void,
): Promise<void> {
  const file = actionsLog(rows, directory);
  // In a window that keeps nothing, files would be in memory, and few bytes of them.
  const profile = mkdtempSync(join(tmpdir(), 'pullscope-export-'));
  const browser = await chromium.launchPersistentContext(profile, await chromeOptions());
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(url);
    await page.getByLabel('Choose files').setInputFiles(file);
    await page
      .getByRole('status')
      .filter({ hasText: /^\s*Read 1 file: / })
      .waitFor();
    // What is kept behind the figures is done with by then.
    await page.getByText(/^\s*(Remembered on this device|Not enough room)/).waitFor();
    await page.evaluate(() => {
      Object.assign(window, {
        async showSaveFilePicker({ suggestedName }: { suggestedName: string }) {
          const folder = await navigator.storage.getDirectory();
          return folder.getFileHandle(suggestedName, { create: true });
        },
      });
    });
    await page.locator('summary', { hasText: 'Exports by week and month' }).click();
    print(`### Exports of ${rows.toLocaleString('en')} actions\n`);
    print('| what | seconds | CPU-s | renderer before, MB | most above that, MB | |');
    print('| --- | --- | --- | --- | --- | --- |');
    const renderer = largestRenderer(ownProcesses());
    for (const { what, press } of EXPORTS.filter(({ kind }) => kinds.includes(kind))) {
      const cpu = cpuSeconds();
      const before = memoryLine(renderer, 'VmRSS');
      // The kernel's own peak is an estimate, and less than this with many threads.
      let most = before;
      const sampling = setInterval(() => (most = Math.max(most, memoryLine(renderer, 'VmRSS'))), 200);
      const begun = performance.now();
      await press(page);
      await page.locator('progress').waitFor();
      await page.locator('progress').waitFor({ state: 'detached' });
      const seconds = (performance.now() - begun) / 1000;
      const outcome = await page.locator('.state .outcome').textContent();
      clearInterval(sampling);
      const more = most - before;
      print(
        `| ${what} | ${seconds.toFixed(1)} | ${(cpuSeconds() - cpu).toFixed(0)} | ${before.toFixed(0)} | ${more.toFixed(0)} | ${outcome!.trim()} |`,
      );
    }
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function saveShown(page: Page, gzip: boolean): Promise<void> {
  await page.getByLabel('Compress each file (.csv.gz)').setChecked(gzip);
  await page.getByRole('button', { name: /^Look at Span shown/ }).click();
  const split = page.getByRole('button', { name: 'Save one file' });
  await split.or(page.getByRole('button', { name: 'Save', exact: true })).click();
}
