import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { chooseFiles, figure, type GivenFile, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const GOOD: GivenFile = { name: 'good.log', content: SMALL_LOG };

/** Every kind of bad input says what it is, and costs the good file beside it nothing. */
const CASES: { title: string; file: GivenFile; says: RegExp; pulls?: number }[] = [
  { title: 'an empty file', file: { name: 'empty.log', content: '' }, says: /empty\.log is empty/ },
  {
    title: 'a binary file',
    file: {
      name: 'photo.png',
      content: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 1]),
    },
    says: /photo\.png .*(picture|image|text)/i,
  },
  {
    title: 'a log without registry traffic',
    file: {
      name: 'blog.log',
      content: '192.0.2.1 - - [01/Sep/2026:00:00:01 +0000] "GET /blog HTTP/1.1" 200 10 "-" "x"\n'.repeat(3),
    },
    says: /None of its 3 lines asks a registry/,
  },
  {
    title: 'text that is no log',
    file: { name: 'notes.txt', content: 'Dear diary\ntoday\n' },
    says: /None of its 2 lines is in a format/,
  },
  {
    title: 'a gzip that is cut off',
    file: { name: 'cut.gz', content: gzipSync(SMALL_LOG.repeat(400), { level: 1 }).subarray(0, -200) },
    says: /cut\.gz is cut off|cut\.gz .*damaged/,
  },
  {
    title: 'a zip',
    file: {
      name: 'logs.zip',
      content: Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
    },
    says: /logs\.zip .*zip/i,
  },
];

describe.each(CASES)('$title', ({ file, says }) => {
  test('is named with its reason, and other files go on', async () => {
    const { page, errors } = await site.open();
    await chooseFiles(page, file, GOOD);
    await untilRead(page, 2);
    expect((await page.textContent('body'))!.replace(/\s+/g, ' ')).toMatch(says);
    expect(await figure(page, 'Pulls by digest')).toBeGreaterThanOrEqual(1);
    expect(errors).toEqual([]);
  });
});

test('a line of 50 MB is reported and the lines around it are counted', async () => {
  const { page } = await site.open();
  const { mkdtempSync, writeFileSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const path = join(mkdtempSync(join(tmpdir(), 'pullscope-long-')), 'long.log');
  writeFileSync(path, SMALL_LOG + 'x'.repeat(50e6) + '\n' + SMALL_LOG.replaceAll('2026:', '2025:'));
  await page.getByLabel('Choose files').setInputFiles(path);
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(6);
  await page.locator('summary', { hasText: 'Every line accounted for' }).click();
  expect(await page.textContent('body')).toMatch(/longer than a line of a log can be/);
});

test('markup, formulas and control characters from a log are shown as text', async () => {
  const { page, errors } = await site.open();
  const line = (name: string, tag: string) =>
    `192.0.2.1 - - [01/Sep/2026:00:00:01 +0000] "GET /v2/${name}/manifests/${tag} HTTP/1.1" 200 10 "-" "<script>document.title='x'</script>"\n`;
  await chooseFiles(page, {
    name: '<img src=x onerror=alert(1)>.log',
    content:
      line('%3Cimg%20src=x%20onerror=alert(1)%3E', '1') +
      line('__proto__', 'constructor') +
      line('a%E2%80%AEb', '%1B[31m') +
      line('a'.repeat(3000), '1'),
  });
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(4);
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  const table = (await page.getByRole('table', { name: 'Repositories' }).textContent())!;
  expect(table).toContain('<img src=x onerror=alert(1)>');
  expect(table).toContain('__proto__');
  expect(table).not.toContain('\u202e');
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(width).toBeLessThanOrEqual(0);
  expect(errors).toEqual([]);
});

test('a file that changes while it is read is named, and other files go on', async () => {
  const { page, errors } = await site.open();
  const { mkdtempSync, truncateSync, writeFileSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const directory = mkdtempSync(join(tmpdir(), 'pullscope-gone-'));
  const [gone, good] = [join(directory, 'gone.log'), join(directory, 'good.log')];
  // Large enough that it is still being read when it is cut off.
  writeFileSync(gone, SMALL_LOG.replaceAll('2026:', '2024:').repeat(Math.ceil(200e6 / SMALL_LOG.length)));
  writeFileSync(good, SMALL_LOG);
  await page.getByLabel('Choose files').setInputFiles([gone, good]);
  await page
    .getByRole('status')
    .filter({ hasText: /Reading/ })
    .waitFor();
  truncateSync(gone, 1000);
  await untilRead(page, 2);
  expect((await page.textContent('body'))!.replace(/\s+/g, ' ')).toContain(
    'gone.log was moved, deleted or changed while it was being read',
  );
  expect(await figure(page, 'Pulls')).toBeGreaterThanOrEqual(3);
  expect(errors.filter((error) => !/ERR_UPLOAD_FILE_CHANGED/.test(error))).toEqual([]);
});
