/** Where the page comes from: kept for offline use, with a list of its host, as one file from disk. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { chooseFiles, download, dropFiles, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const untilKept = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 60_000 })
    .toBe('activated');

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
    .filter((name) => name !== 'assets' && !notKept.includes(name))
    // Kept when it is first used: places.test.ts.
    .filter((name) => !name.startsWith('assets/systems.bin-'));
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

test('reads the files that its host lists, and nothing from elsewhere', async () => {
  site.placed.set(
    'pullscope.json',
    JSON.stringify({
      title: 'Registry of the team',
      files: ['logs/access.log', 'https://logs.example/access.log', 'logs/<b>gone.log'],
      colour: 'red',
      defaults: { range: 'last-month', rules: { separateByAgent: true } },
    }),
  );
  site.placed.set('logs/access.log', SMALL_LOG);
  const { page, url, requests } = await site.open({}, 'team.html');
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(3);
  const bar = page.getByRole('region', { name: 'What the host of this page lists' });
  expect(await bar.getByRole('heading').allTextContents()).toEqual([
    'Registry of the team',
    'Not all of pullscope.json could be used',
  ]);
  expect(await bar.getByRole('listitem').allTextContents()).toEqual([
    '“colour” is not known here and was not used. Known are title, files, defaults.',
    '“https://logs.example/access.log” is on another server. This page may read from its own only.',
    'logs/<b>gone.log could not be read: the server answers 404 Not Found.',
  ]);
  expect(await bar.textContent()).toContain('This page may read from its own server only');
  expect(await page.getByText('can contact no server').count()).toBe(0);
  expect(await page.getByLabel('Separate clients by user agent').isChecked()).toBe(true);
  const { origin } = new URL(url);
  expect(requests.filter((each) => new URL(each).origin !== origin)).toEqual([]);
  // What was listed is not kept for offline use, and no other server can be reached.
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().filter(({ url }) => /pullscope\.json|logs/.test(url)).length;
  });
  expect(kept).toBe(0);
  const elsewhere = site.url.replace('127.0.0.1', 'localhost');
  const reached = await page.evaluate(
    (address) =>
      fetch(address, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
    elsewhere,
  );
  expect(reached).toBe(false);
  site.placed.clear();
});

test('works as one file from disk', async () => {
  const alone = join(mkdtempSync(join(tmpdir(), 'pullscope-alone-')), 'pull scope.html');
  copyFileSync('dist/pullscope.html', alone);
  const { page, requests, errors } = await site.open({}, pathToFileURL(alone).href);
  // Other pages opened from disk may see what is kept there.
  expect(await page.getByRole('switch', { name: 'Remember on this device' }).isChecked()).toBe(false);
  await dropFiles(page, { name: 'access.log', content: SMALL_LOG });
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(3);
  await page.locator('canvas').first().waitFor();
  const { text } = await download(page, 'Download daily CSV');
  expect(text.split('\r\n')[0]).toBe('repoType,repoName,total,timestamp,downloads');
  // Addresses are looked up in the tables that come with it.
  await page.getByRole('heading', { name: 'Countries', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Licences' }).click();
  await page.getByText('Permission is hereby granted').first().waitFor();
  expect(requests.filter((each) => !/^(file|blob|data):/.test(each))).toEqual([]);
  expect(errors).toEqual([]);
});

test('saves what is shown as one file that needs nothing and runs nothing', async () => {
  const { page } = await site.open();
  const hostile = SMALL_LOG.replaceAll('acme/web', 'acme/web<img/src=x/onerror=document.title=1>');
  await chooseFiles(page, { name: 'secret.log', content: SMALL_LOG + hostile });
  await untilRead(page);
  await page.getByText('Who is behind it').waitFor();
  const { name, text } = await download(page, 'Save report');
  expect(name).toMatch(/^report_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.html$/);
  expect(text).not.toMatch(/secret\.log|192\.0\.2\.|2001:db8/);
  const saved = join(mkdtempSync(join(tmpdir(), 'pullscope-report-')), name);
  writeFileSync(saved, text);
  const shown = await site.open({}, pathToFileURL(saved).href);
  for (const label of ['Pulls', 'Pulls by tag', 'Version checks', 'Unique IP addresses']) {
    const box = shown.page.locator('dl div', { has: shown.page.getByText(label, { exact: true }) });
    expect(await box.locator('data').getAttribute('value')).toBe(String(await figure(page, label)));
  }
  expect(await shown.page.locator('svg rect').count()).toBeGreaterThan(0);
  expect(await shown.page.locator('script, img, link, iframe').count()).toBe(0);
  expect(await shown.page.title()).toMatch(/^Pulls, /);
  expect(shown.errors).toEqual([]);
  expect(shown.requests).toEqual([pathToFileURL(saved).href]);
});
