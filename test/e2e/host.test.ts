/** Where the page comes from: kept for offline use, with a list of its host, as one file from disk. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { chooseFiles, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const untilKept = (page: Page) =>
  expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');

test('works without its server: loaded anew, with all parts, and waits with a new version', async () => {
  const { page, url, errors } = await site.open();
  await untilKept(page);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { caches: names.length, addresses: requests.flat().map(({ url }) => url) };
  });
  const notKept = ['service-worker.js', 'pullscope.html'];
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name !== 'assets' && !notKept.includes(name));
  expect(kept.caches).toBe(1);
  expect(kept.addresses.sort()).toEqual(files.map((name) => url + name).sort());

  site.goDown(true);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBeGreaterThan(1000);
  await page.locator('canvas').first().waitFor();
  await page.getByText('Germany').first().waitFor();
  expect(errors).toEqual([]);
  await page.context().setOffline(false);
  site.goDown(false);

  site.placed.set(
    'service-worker.js',
    `${readFileSync('dist/service-worker.js', 'utf8').replace(/(FAMILY \+ ")\w+/, '$1newer')}`,
  );
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  const reload = page.getByRole('button', { name: 'Reload' });
  await reload.waitFor();
  // Nothing was lost until the person says so.
  expect(await figure(page, 'Pulls')).toBeGreaterThan(1000);
  await Promise.all([page.waitForEvent('load'), reload.click()]);
  await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
  expect(await page.evaluate(() => caches.keys())).toEqual([`pullscope ${url} newer`]);
  expect(await reload.count()).toBe(0);
  site.placed.clear();
});
