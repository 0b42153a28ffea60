/** Every view of the page that has reference pictures, and how one comes to it. Used by the command and its test. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { chooseFiles, untilRead } from '../e2e/open-page.ts';

export const WIDTHS = [1440, 768, 360] as const;
export const SCHEMES = ['light', 'dark'] as const;

export interface PicturedView {
  name: string;
  /** From the empty page. */
  show(page: Page): Promise<void>;
  /** What of the page is taken; without it all, from its top. */
  part?: string;
  /** A dialog: only what the window shows. */
  isDialog?: boolean;
}

export const VIEWS: readonly PicturedView[] = [
  { name: 'empty', show: async () => {} },
  { name: 'reading', show: startReading },
  { name: 'dashboard', show: showDashboard },
  { name: 'repository', show: (page) => view(page, '#/repo/acme%2Fweb', 'Digests and their tags') },
  {
    name: 'what-moved',
    show: (page) => view(page, '#/what-moved?r=2026-10-05..2026-10-11&cmp=previous', 'Repositories:'),
  },
  { name: 'storms', show: (page) => view(page, '#/storms', 'Busiest addresses') },
  {
    name: 'clean-up',
    async show(page) {
      await view(page, '#/clean-up', 'not pulled for');
      await page.getByRole('button', { name: 'Tags', exact: true }).click();
      await page.getByLabel('Not pulled for').fill('10');
      await page.getByLabel('Not pulled for').press('Enter');
      await page.getByText('not pulled for 10 days').waitFor();
    },
  },
  { name: 'data', part: '#data', show: (page) => view(page, '#/data', 'Every line accounted for') },
  {
    name: 'exports',
    part: 'section.panel:has(#one-file)',
    async show(page) {
      await view(page, '#/export', 'All periods in one zip');
      await page
        .getByRole('button', { name: /^Look at/ })
        .first()
        .click();
      await page.getByRole('table', { name: 'First rows' }).waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'settings',
    part: 'section:has(> #look)',
    show: (page) => view(page, '#/settings', 'Save session file'),
  },
  {
    name: 'about',
    part: 'section:has(> #about-example)',
    show: (page) => view(page, '#/about', 'Changes to the rules'),
  },
  {
    name: 'why',
    isDialog: true,
    async show(page) {
      await readSample(page);
      await page.getByRole('button', { name: 'Why this number? Pulls by tag' }).click();
      await page.locator('dialog pre').first().waitFor();
      await page.locator('dialog dd').nth(4).waitFor();
    },
  },
  {
    name: 'keys',
    isDialog: true,
    async show(page) {
      await readSample(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
  {
    name: 'own-format',
    isDialog: true,
    async show(page) {
      await chooseFiles(page, { name: 'odd.log', content: ODD_LINES });
      await untilRead(page);
      await page.locator('#data > summary').click();
      await page.getByRole('button', { name: /^Own formats/ }).click();
      await page.getByLabel(/^Paste an nginx/).fill(ODD_FORMAT);
      await page.getByText('lines tried are read.').waitFor();
    },
  },
];

/** The file of a view, beside this one. */
export const pictureName = (view: string, width: number, scheme: string) => `${view}-${width}-${scheme}.png`;

const ODD_FORMAT = `log_format odd '$time_iso8601|$remote_addr|$request_method|$request_uri|$status|$http_user_agent';`;
const ODD_LINES = ['acme/web/manifests/1.28', 'acme/api/manifests/1.28', 'acme/web/manifests/latest']
  .map((path, i) => `2026-09-0${i + 1}T10:00:00+00:00|192.0.2.${i}|GET|/v2/${path}|200|docker/27.3.1\n`)
  .join('');

async function readSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await untilRead(page);
  await settled(page);
}

/** What is counted only when it comes near, too. */
async function showDashboard(page: Page): Promise<void> {
  await readSample(page);
  await page.locator('#hours').scrollIntoViewIfNeeded();
  await page.locator('section[aria-labelledby="hours"] td').first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

async function view(page: Page, hash: string, sign: string): Promise<void> {
  await readSample(page);
  await go(page, hash, sign);
}

async function go(page: Page, hash: string, sign: string): Promise<void> {
  await page.evaluate((each) => (location.hash = each), hash);
  await page.getByText(sign, { exact: false }).first().waitFor();
  await settled(page);
}

/** Charts are drawn, places of addresses are known. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.coming, [aria-busy="true"]'));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForLoadState('networkidle');
}

/** Three files, of which the third is never begun. */
async function startReading(page: Page): Promise<void> {
  const lines = gunzipSync(readFileSync('src/session/sample/sample.log.gz')).toString().split('\n');
  const third = Math.ceil(lines.length / 3);
  const files = ['access.log.2', 'access.log.1', 'access.log'].map((name, i) => ({
    name,
    content: lines.slice(i * third, (i + 1) * third).join('\n'),
  }));
  await page.evaluate(() => {
    const send = MessagePort.prototype.postMessage as (message: unknown, transfer: unknown) => void;
    let begun = 0;
    MessagePort.prototype.postMessage = function (message: { path?: string[] }, transfer?: unknown) {
      if (message.path?.[0] !== 'parse') return send.call(this, message, transfer ?? []);
      // A task later than the page tells again where it stands.
      if (++begun <= 2) setTimeout(() => send.call(this, message, transfer ?? []), 1500);
    };
  });
  await chooseFiles(page, ...files);
  await page.getByText('access.log.1', { exact: false }).first().waitFor();
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0);
  await page.waitForTimeout(3000);
}
