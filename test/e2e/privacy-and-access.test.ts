import { mkdtempSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commonTime } from '../helpers/log-lines.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { SCREENS, violations } from './axe.ts';
import { chooseFiles, download, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

test('no request leaves the page’s own static files, workers included', async () => {
  const { page, url, requests, errors } = await site.open();
  await chooseFiles(page, { name: 'access.log', content: SMALL_LOG });
  await untilRead(page);
  for (const kind of ['raw', 'summary', 'daily']) await download(page, `Download ${kind} CSV`);
  await page.getByRole('button', { name: 'Forget my data' }).click();
  expect(requests.length).toBeGreaterThan(2);
  const own = new RegExp(
    `^(${url}((index|team)\\.html|favicon\\.svg|icon-\\d+\\.png|manifest\\.webmanifest|service-worker\\.js|licences\\.txt|assets/[\\w.-]+)?$|blob:${new URL(url).origin}/|data:)`,
  );
  expect(requests.filter((each) => !own.test(each))).toEqual([]);
  expect(errors).toEqual([]);
});

test('the policy forbids the page and its workers every connection', async () => {
  const { page } = await site.open();
  const tries = async (target: string) => {
    const attempt = (url: string) =>
      fetch(url).then(
        () => 'reached',
        () => 'refused',
      );
    const script = `(${attempt.toString()})(${JSON.stringify(target)}).then((end) => postMessage(end))`;
    const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    const inWorker = new Promise<string>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data as string);
    });
    return [await attempt(target), await inWorker];
  };
  // Its own host, which answers: only the policy can refuse it.
  expect(await page.evaluate(tries, site.url)).toEqual(['refused', 'refused']);
});

test('works without a network once it is loaded', async () => {
  const { page } = await site.open();
  await page.context().setOffline(true);
  await chooseFiles(page, { name: 'access.log', content: SMALL_LOG });
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(3);
});

test('no client address is in any file', async () => {
  const { page } = await site.open();
  await chooseFiles(page, { name: 'access.log', content: SMALL_LOG });
  await untilRead(page);
  for (const kind of ['raw', 'summary', 'daily']) {
    const { text } = await download(page, `Download ${kind} CSV`);
    expect(text).not.toMatch(/192\.0\.2\.|2001:db8/);
  }
});

let large: string | undefined;

/** A log of about 400 MB: two lines a second by a few clients. */
function largeLog(): string {
  if (large !== undefined) return large;
  large = join(mkdtempSync(join(tmpdir(), 'pullscope-large-')), 'large.log');
  const file = openSync(large, 'w');
  const digest = `sha256:${'1a'.repeat(32)}`;
  const agent = `"-" "${'containerd/1.7.24 '.repeat(20)}"`;
  for (let size = 0, second = 0; size < 400e6;) {
    let block = '';
    for (let i = 0; i < 5000; i++, second++) {
      const time = commonTime(Date.UTC(2026, 0, 1) + second * 1000);
      block += `192.0.2.${second % 200} - - [${time}] "HEAD /v2/acme/web/manifests/1.0 HTTP/1.1" 200 0 ${agent}\n`;
      block += `192.0.2.${second % 200} - - [${time}] "GET /v2/acme/web/manifests/${digest} HTTP/1.1" 200 9 ${agent}\n`;
    }
    size += writeSync(file, block);
  }
  return large;
}

test('reading tells how far it is, keeps the page responsive, and stops at once', async () => {
  const { page } = await site.open();
  await page.evaluate(() => {
    const target = window as unknown as { longest: number };
    target.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) target.longest = Math.max(target.longest, duration);
    }).observe({ type: 'longtask' });
  });
  await page.getByLabel('Choose files').setInputFiles(largeLog());
  const bar = page.getByRole('progressbar').first();
  await bar.waitFor();
  await expect.poll(() => page.title(), { interval: 50, timeout: 20_000 }).toMatch(/[2-9]\d\s?%/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Keep' }).waitFor();
  await page.getByRole('button', { name: 'Keep' }).click();
  await untilRead(page);
  // What was read until then is counted, and its lines add up to less than the file has.
  expect(await figure(page, 'Pulls')).toBeGreaterThan(10_000);
  expect(await page.evaluate(() => (window as unknown as { longest: number }).longest)).toBeLessThan(1000);
}, 60_000);

test('a reading that is stopped can be thrown away', async () => {
  const { page } = await site.open();
  await page.getByLabel('Choose files').setInputFiles(largeLog());
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
  expect(await page.locator('data').count()).toBe(0);
}, 60_000);

describe('without a mouse', () => {
  const focusOn = async (page: Page, name: RegExp) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement | null;
        // A region that scrolls holds everything: it is not what is looked for.
        if (element === null || !['BUTTON', 'INPUT', 'SELECT', 'A', 'SUMMARY'].includes(element.tagName))
          return '';
        return `${element?.labels?.[0]?.textContent ?? ''} ${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`;
      });
      if (name.test(label)) return;
    }
    throw new Error(`Tab never reaches ${name}`);
  };

  test('from the empty page to a sorted table, an opened repository and a file', async () => {
    const { page } = await site.open();
    await focusOn(page, /Choose files/);
    await focusOn(page, /Try with sample data/);
    await page.keyboard.press('Enter');
    await untilRead(page);
    await focusOn(page, /Last month/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('/');
    await page.keyboard.type('acme/web');
    await focusOn(page, /acme\/web/);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.getByRole('table', { name: 'Repositories' }).textContent())
      .toContain('1.28.0');
    // Each row of a panel is three stops: nobody has to walk them all.
    await focusOn(page, /Skip these panels/);
    await page.keyboard.press('Enter');
    await focusOn(page, /Download daily CSV/);
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/^all_daily_span_2026-10-02_2026-10-31(_partial)?\.csv$/);
  });
});

describe.each(SCREENS)('axe at %i px, %s', (width, colorScheme) => {
  test('finds nothing on the empty page, the dashboard, and everything opened', async () => {
    const { page } = await site.open({ viewport: { width, height: 900 }, colorScheme });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try with sample data' }).click();
    await untilRead(page);
    await page.locator('summary', { hasText: 'Every line accounted for' }).click();
    await page.locator('summary', { hasText: 'How it counts' }).click();
    await page
      .getByRole('button', { name: /acme\/web/ })
      .first()
      .click();
    await page
      .getByRole('table', { name: /acme\/web/ })
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
