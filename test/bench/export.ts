/**
 * What a long export costs: seconds, and the most memory of the renderer above what it had when the export began, with
 * all rows held. Nothing is asserted. Run: npm run bench -- --export [--rows 20000000]
 * Files go to the browser's own file system, through the same handle that its save dialog gives.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromeOptions } from '../helpers/chrome.ts';
import { commonTime, randomNumbers } from '../helpers/log-lines.ts';
import { largestRenderer, memoryLine, ownProcesses, peakOf, resetPeak } from './browser.ts';

const START = Date.UTC(2026, 5, 1);
const DAYS = 92;
const NAMESPACES = 8;

interface Export {
  what: string;
  press(page: Page): Promise<void>;
}

const EXPORTS: Export[] = [
  { what: 'raw CSV of everything', press: (page) => saveShown(page, false) },
  { what: 'the same as .csv.gz', press: (page) => saveShown(page, true) },
  {
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
    what: 'Data API as files',
    press: (page) => page.getByRole('button', { name: 'Save Data API as files' }).click(),
  },
];

export async function measureExports(
  url: string,
  rows: number,
  directory: string,
  print: (line: string) => void,
): Promise<void> {
  const file = actionsLog(rows, directory);
  const browser = await chromium.launch(await chromeOptions());
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(url);
    await page.getByLabel('Choose files').setInputFiles(file);
    await page
      .getByRole('status')
      .filter({ hasText: /^\s*Read 1 file: / })
      .waitFor();
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
    print('| what | seconds | renderer before, MB | most above that, MB | |');
    print('| --- | --- | --- | --- | --- |');
    const renderer = largestRenderer(ownProcesses());
    for (const { what, press } of EXPORTS) {
      resetPeak(renderer);
      const before = memoryLine(renderer, 'VmRSS');
      const begun = performance.now();
      await press(page);
      await page.locator('progress').waitFor();
      await page.locator('progress').waitFor({ state: 'detached' });
      const seconds = (performance.now() - begun) / 1000;
      const outcome = await page.locator('.state .outcome').textContent();
      const more = peakOf(renderer) - before;
      print(
        `| ${what} | ${seconds.toFixed(1)} | ${before.toFixed(0)} | ${more.toFixed(0)} | ${outcome!.trim()} |`,
      );
    }
  } finally {
    await browser.close();
  }
}

async function saveShown(page: Page, gzip: boolean): Promise<void> {
  await page.getByLabel('Compress each file (.csv.gz)').setChecked(gzip);
  await page.getByRole('button', { name: /^Look at Span shown/ }).click();
  const split = page.getByRole('button', { name: 'Save one file' });
  await split.or(page.getByRole('button', { name: 'Save', exact: true })).click();
}

/** A log in which every line is an action: a GET by tag, no two of a client close together. */
function actionsLog(rows: number, directory: string): string {
  const path = join(directory, `actions-${rows}.log`);
  if (existsSync(path) && statSync(path).size > 0) return path;
  mkdirSync(directory, { recursive: true });
  const random = randomNumbers(3);
  const rests = Array.from({ length: 4000 }, (_, i) => {
    const name = `team${i % NAMESPACES}/thing-${Math.floor(i ** 0.7)}`;
    const agent = ['docker/27.3.1 go/go1.22.7', 'containerd/v1.7.24', 'Watchtower/1.7.1'][i % 3]!;
    return `"GET /v2/${name}/manifests/1.${i % 300} HTTP/1.1" 200 1234 "-" "${agent}"\n`;
  });
  const file = openSync(`${path}.part`, 'w');
  let block: string[] = [];
  for (let row = 0; row < rows; row++) {
    const time = commonTime(START + Math.floor((row / rows) * DAYS * 86_400) * 1000);
    const client = `10.${(row >> 16) & 255}.${(row >> 8) & 255}.${row & 255}`;
    block.push(`${client} - - [${time}] ${rests[Math.floor(4000 * random() ** 2)]!}`);
    if (block.length === 50_000 || row === rows - 1) {
      writeSync(file, block.join(''));
      block = [];
    }
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}
