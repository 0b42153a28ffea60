import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { tarOf, zipOf } from '../intake/archive-samples.ts';
import { noise } from '../intake/gzip-samples.ts';
import { chooseFiles, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const LINES = SMALL_LOG.split('\n');
const FIRST = LINES.slice(0, 5).join('\n') + '\n';
const REST = LINES.slice(5).join('\n');
const fixture = (content: string) => gzipSync(tarOf([{ path: 'var/log/access.log', content }]));

async function said(page: Page): Promise<string> {
  return (await page.textContent('body'))!.replace(/\s+/g, ' ');
}

/** logs/ with the small log in two files, one of them deep and compressed, and what nobody needs. */
function folder(): string {
  const root = join(mkdtempSync(join(tmpdir(), 'pullscope-folder-')), 'logs');
  mkdirSync(join(root, 'web', 'old'), { recursive: true });
  writeFileSync(join(root, 'web', 'access.log'), REST);
  writeFileSync(join(root, 'web', 'old', 'access.log.1.gz'), gzipSync(FIRST));
  writeFileSync(join(root, '.DS_Store'), 'x');
  writeFileSync(join(root, 'chart.png'), 'x');
  return root;
}

test('a zip gives each of its logs, once, and names what it skips', async () => {
  const { page, errors } = await site.open();
  const zip = zipOf([
    { path: 'web/access.log', content: REST },
    { path: 'web/access.log.1', content: FIRST },
    { path: 'web/access.log.1.gz', content: gzipSync(FIRST), stored: true },
    { path: 'registry', content: noise(5000) },
  ]);
  await chooseFiles(page, { name: 'logs.zip', content: zip }, { name: 'old.tgz', content: fixture(FIRST) });
  expect(await untilRead(page, 5)).toMatch(/^Read 5 files: 12 lines, 9 manifest requests/);
  expect(await figure(page, 'Pulls')).toBe(3);
  expect(await figure(page, 'Version checks')).toBe(2);
  const text = await said(page);
  expect(text).toMatch(/logs\.zip\/registry is not text; it was skipped\./);
  expect(text).toMatch(
    /logs\.zip\/web\/access\.log\.1\.gz has the same content as logs\.zip\/web\/access\.log\.1\./,
  );
  expect(text).toMatch(
    /old\.tgz\/var\/log\/access\.log has the same content as logs\.zip\/web\/access\.log\.1\./,
  );
  expect(errors).toEqual([]);
});

test("zstd, bzip2, xz and compressed archives are unpacked under the page's policy", async () => {
  const { page, errors } = await site.open();
  const names = ['lines.log.zst', 'lines.log.bz2', 'lines.log.xz', 'web.tar.zst'];
  await page.getByLabel('Choose files').setInputFiles(names.map((name) => `test/fixtures/archives/${name}`));
  await untilRead(page, 5);
  await page.getByRole('button', { name: 'Show all 5' }).click();
  const text = await said(page);
  // Four times the same lines.
  expect(text).toMatch(/lines\.log\.bz2 has the same content as lines\.log\.zst/);
  expect(text).toMatch(/lines\.log\.xz has the same content as lines\.log\.zst/);
  expect(text).toMatch(/web\.tar\.zst\/web\/access\.log has the same content as lines\.log\.zst/);
  expect(errors).toEqual([]);
});

test('a chosen folder is read with the folders in it', async () => {
  const { page, errors } = await site.open();
  await page.getByLabel('Choose a folder').setInputFiles(folder());
  await untilRead(page, 2);
  expect(await figure(page, 'Pulls')).toBe(3);
  const text = await said(page);
  expect(text).toContain('2 files were left out: hidden files, pictures and the like.');
  expect(text).toContain('logs/web/old/access.log.1.gz');
  expect(errors).toEqual([]);
});

test('a dropped folder is read with the folders in it', async () => {
  const { page, errors } = await site.open();
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder()], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
  await untilRead(page, 2);
  expect(await figure(page, 'Pulls')).toBe(3);
  const text = await said(page);
  expect(text).toContain('2 files were left out: hidden files, pictures and the like.');
  expect(text).toContain('logs/web/access.log');
  expect(errors).toEqual([]);
});
