import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { chooseFiles, download, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SLOW = { timeout: 15_000 };
const DAY = 86_400_000;
const START = Date.UTC(2026, 8, 1, 12);
const line = (time: number, method: string, path: string, agent: string, status = 200) =>
  logLine(START + time, '192.0.2.1', method, path, status, 900, agent);
const manifest = (name: string, reference: string) => `/v2/${name}/manifests/${reference}`;

/** Four days: each has two pulls by docker, one look-up by a scanner, a HEAD that a push made, and a signature. */
const LOG = [0, 1, 2, 3]
  .flatMap((day) => [
    line(day * DAY, 'GET', manifest('acme/api', '1.0'), 'docker/27.3.1'),
    line(day * DAY + 60_000, 'GET', manifest('acme/api', '2.0'), 'docker/27.3.1'),
    line(day * DAY + 120_000, 'GET', manifest('acme/api', '1.0'), 'trivy/0.50.0'),
    line(day * DAY + 180_000, 'HEAD', manifest('acme/api', '2.0'), 'docker/27.3.1'),
    line(day * DAY + 181_000, 'PUT', manifest('acme/api', '2.0'), 'docker/27.3.1', 201),
    line(day * DAY + 240_000, 'GET', manifest('acme/api', `sha256-${'9'.repeat(64)}.sig`), 'cosign/2.2'),
    line(day * DAY + 300_000, 'GET', '/acme/api/resolve/main/config.json', 'huggingface_hub/0.25'),
    '',
  ])
  .join('\n');

test('noise is hidden and shown again, says what it hides, and stands in the address', async () => {
  // Only the checker of accessibility needs to get past the policy.
  const { page, errors } = await site.open({ bypassCSP: true });
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  const noise = page.getByRole('region', { name: 'Hide noise' });
  const pushes = noise.getByRole('checkbox', { name: 'Own pushes' });
  await noise.getByText('4 actions (20 %)').first().waitFor(SLOW);
  const uses = page.getByRole('region', { name: 'Use', exact: true });
  const differs = uses.getByText('Pulls are counted here, all actions under “Hide noise”.');
  await differs.waitFor(SLOW);
  await page.getByRole('button', { name: 'All actions' }).click();
  await differs.waitFor({ state: 'hidden' });
  const figures = async () => [await figure(page, 'Pulls'), await figure(page, 'Version checks')];
  expect(await figures()).toEqual([12, 4]);
  await pushes.check();
  await expect.poll(figures, SLOW).toEqual([12, 0]);
  await noise.getByText('4 actions hidden (20 %)').waitFor(SLOW);
  await noise.getByRole('checkbox', { name: 'Scanners' }).check();
  await expect.poll(figures, SLOW).toEqual([8, 0]);
  await expect.poll(() => page.evaluate(() => location.hash), SLOW).toBe('#/?x=use:scanner&x=push:own');
  await page.getByText('Exclude use: Scanner').waitFor();
  const raw = await download(page, 'Download raw CSV');
  expect(raw.text.trimEnd().split('\r\n')).toHaveLength(1 + 12);
  // Look-ups of signatures are a rule of counting: the switch is the same one.
  await noise.getByText('4 look-ups hidden').waitFor();
  await noise.getByRole('checkbox', { name: 'Signatures' }).uncheck();
  await expect.poll(figures, SLOW).toEqual([12, 0]);
  await noise.getByText('4 look-ups counted').waitFor(SLOW);
  expect(await page.evaluate(() => location.hash)).toContain('signatures=counted');
  await page.goBack();
  await expect.poll(figures, SLOW).toEqual([8, 0]);
  await page.getByRole('button', { name: 'Remove filter Exclude push: HEADs of own pushes' }).click();
  await expect.poll(figures, SLOW).toEqual([8, 4]);
  expect(await pushes.isChecked()).toBe(false);
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run(),
  );
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  expect(errors).toEqual([]);
});

test('values of panels are compared and explained; what is left out of bars stands in the address', async () => {
  const { page, errors } = await site.open({}, '#/?r=2026-09-03..2026-09-03&cmp=previous&hide=pullsByTag');
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  const tag = page.getByRole('button', { name: /^Pulls by tag/ }).and(page.locator('[aria-pressed]'));
  expect(await tag.first().getAttribute('aria-pressed')).toBe('false');
  const clients = page.getByRole('list', { name: 'Clients' });
  await clients.getByText('no change').first().waitFor(SLOW);
  await clients.getByRole('button', { name: 'Why this number? 2, docker' }).click();
  const sheet = page.getByRole('dialog', { name: 'Why this number?' });
  await sheet.getByRole('heading', { name: 'Rules that applied' }).waitFor(SLOW);
  expect(await sheet.getByRole('heading', { level: 2 }).textContent()).toMatch(/2 pulls/);
  await sheet.getByRole('button', { name: 'Close', exact: true }).click();
  expect(errors).toEqual([]);
});

test('an image and a model of one name have pages of their own', async () => {
  const { page } = await site.open();
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  const rows = page.getByRole('table', { name: 'Repositories' }).locator('tbody tr.repository');
  await rows.filter({ hasText: 'Model' }).getByRole('button', { name: 'Files of acme/api' }).waitFor();
  await rows.filter({ hasText: 'Model' }).getByRole('link', { name: 'acme/api' }).click();
  await expect.poll(() => page.evaluate(() => location.hash), SLOW).toBe('#/model/acme%2Fapi');
  await expect.poll(() => figure(page, 'All models'), SLOW).toBe(4);
  await page.goBack();
  await rows.filter({ hasText: 'Image' }).getByRole('link', { name: 'acme/api' }).click();
  await expect.poll(() => page.evaluate(() => location.hash), SLOW).toBe('#/repo/acme%2Fapi');
  await expect.poll(() => figure(page, 'Pulls'), SLOW).toBe(12);
});
