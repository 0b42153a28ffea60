import { afterAll, beforeAll, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { writeMmdb } from '../helpers/write-mmdb.ts';
import { chooseFiles, download, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const at = (second: number) => Date.UTC(2026, 8, 1) + second * 10_000;
const LOG = ['3.120.10.4', '88.99.60.1', '129.132.60.9', '10.20.0.3', '10.20.0.4']
  .map(
    (address, i) =>
      logLine(at(i), address, 'GET', '/v2/acme/web/manifests/1.0', 200, 9, 'skopeo/1.18.0') + '\n',
  )
  .join('');
const DATABASE = writeMmdb([
  { address: [3, 120, 0, 0], length: 16, record: { country: { iso_code: 'SE' } } },
]);

/** Tables are loaded and opened when they are first needed. */
const PATIENT = { timeout: 15_000 };

/** type, host and country of each row. */
async function facts(page: Parameters<typeof download>[0]): Promise<string[]> {
  const { text } = await download(page, 'Download raw CSV');
  return text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(',').slice(9, 12).join(' '));
}

async function opened() {
  const open = await site.open();
  await chooseFiles(open.page, { name: 'access.log', content: LOG });
  await untilRead(open.page);
  return open;
}

test('the raw file says where actions come from; a click on a country filters the page', async () => {
  const open = await opened();
  expect(await facts(open.page)).toEqual([
    'hosting Amazon Web Services DE',
    'hosting Hetzner DE',
    'education  CH',
    '  ',
    '  ',
  ]);
  const countries = open.page.getByRole('list', { name: 'Countries' });
  await countries
    .getByRole('button', { name: /^Germany|^DE/ })
    .first()
    .click();
  await expect.poll(() => figure(open.page, 'Pulls'), PATIENT).toBe(2);
  expect(await facts(open.page)).toEqual(['hosting Amazon Web Services DE', 'hosting Hetzner DE']);
  expect(open.errors).toEqual([]);
});

test('a dropped database comes before the tables, stays in the browser, and is forgotten', async () => {
  const open = await opened();
  const { page } = open;
  await chooseFiles(page, { name: 'mine.mmdb', content: DATABASE });
  await expect.poll(() => page.textContent('body'), PATIENT).toMatch(/now come from mine\.mmdb first/);
  expect((await facts(page))[0]).toBe('hosting Amazon Web Services SE');
  await page.reload();
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  expect((await facts(page))[0]).toBe('hosting Amazon Web Services SE');
  await page.locator('summary', { hasText: 'Countries and networks' }).click();
  await page.getByRole('button', { name: 'Forget databases' }).click();
  await expect.poll(() => facts(page), PATIENT).toContain('hosting Amazon Web Services DE');
  expect(open.errors).toEqual([]);
});

test('whose network an address is, is told where it is asked for, by a table that is loaded then', async () => {
  const { page, requests, errors } = await opened();
  const isSystems = (url: string) => /assets\/systems\.bin-[\w-]+\.js$/.test(url);
  await page.getByText('Germany').first().waitFor();
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 60_000 })
    .toBe('activated');
  expect(requests.filter(isSystems)).toEqual([]);

  await page.getByRole('button', { name: 'Why this number? Pulls by tag' }).click();
  const dialog = page.getByRole('dialog', { name: /^Why this number/ });
  const ways = dialog.getByRole('button', { name: 'Show its address' });
  await ways.first().click();
  const cards = dialog.getByRole('group', { name: 'A client’s address' });
  const facts = cards.first().locator('dl > div');
  await expect.poll(() => facts.allInnerTexts().then((all) => all.length), PATIENT).toBe(4);
  expect((await facts.allTextContents()).map((fact) => fact.replace(/\s+/g, ' ').trim())).toEqual([
    'Autonomous system AS16509 Amazon.com, Inc. by the bundled table',
    'Provider Amazon Web Services by this page’s list of networks',
    'Network type Hosting by this page’s list of networks',
    'Country Germany by the bundled table',
  ]);
  expect(await cards.first().textContent()).toContain('3.120.10.4 · skopeo/1.18.0');
  expect(await cards.first().getByRole('link', { name: 'IP Geolocation by DB-IP' }).count()).toBe(1);
  expect(requests.filter(isSystems)).not.toEqual([]);
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const names = await caches.keys();
        const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return kept.flat().filter(({ url }) => url.includes('/systems.bin-')).length;
      }),
    )
    .toBe(1);

  await ways.first().click();
  await cards.nth(1).getByText('Not a public address (private): it has no country and no network.').waitFor();
  expect(errors).toEqual([]);
});

test('a file that only calls itself a database is refused with its reason', async () => {
  const { page } = await opened();
  await chooseFiles(page, { name: 'fake.mmdb', content: 'no database' });
  await expect.poll(() => page.textContent('body'), PATIENT).toMatch(/not a readable MaxMind DB file/);
  await page.locator('summary', { hasText: 'Countries and networks' }).click();
  expect(await page.getByRole('button', { name: 'Forget databases' }).count()).toBe(0);
});

test('own networks become a breakdown and a filter, and outlive a reload', async () => {
  const { page } = await opened();
  const write = async () => page.locator('summary', { hasText: 'Countries and networks' }).click();
  await write();
  await page
    .getByRole('textbox', { name: 'Your own networks' })
    .fill('10.20.0.3 build\n10.0.0.0/8 office\nnonsense');
  await page.getByRole('button', { name: 'Use these networks' }).click();
  await expect.poll(() => page.textContent('body'), PATIENT).toMatch(/Line 3:/);
  const networks = page.getByRole('list', { name: 'Your networks' });
  await networks
    .getByRole('button', { name: /^build/ })
    .first()
    .click();
  await expect.poll(() => figure(page, 'Pulls'), PATIENT).toBe(1);
  await page.reload();
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  // The filter is in the address, and the network that it names is known when it is counted.
  await expect.poll(() => figure(page, 'Pulls'), PATIENT).toBe(1);
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect.poll(() => networks.textContent(), PATIENT).toContain('office');
});

test('rules of use can be changed; what is no rule is named, and all of it is forgotten', async () => {
  const { page } = await opened();
  const open = () => page.locator('summary', { hasText: 'What clients are used for' }).click();
  await open();
  const rules = page.getByRole('textbox', { name: 'Rules of use' });
  await rules.fill('skopeo 1.18* -> scanner\nno rule at all');
  await page.getByRole('button', { name: 'Use these rules' }).click();
  const uses = page.getByRole('list', { name: 'Use', exact: true });
  await expect.poll(() => uses.textContent(), PATIENT).toMatch(/Scanner/);
  expect(await page.textContent('body')).toMatch(/Line 2:/);
  await page.reload();
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  await expect.poll(() => uses.textContent(), PATIENT).toMatch(/Scanner/);
  await page.getByRole('button', { name: 'Forget my data' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  await expect.poll(() => page.textContent('main'), PATIENT).toMatch(/Who is behind it/);
  // Where no use is known, there is no list.
  expect(await uses.getByText('Scanner').count()).toBe(0);
});
