/** What the page is made of: the start page is small, the rest comes behind it, and a part that is missing is told of. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PageUnderTest } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => void (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const weight = (file: string) => gzipSync(readFileSync(join('dist', file)), { level: 9 }).length;

test('what the start page waits for is less than 150 KiB, gzipped', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  const asked = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((match) => match[1]!);
  expect(asked.filter((file) => file.endsWith('.js'))).toHaveLength(1);
  expect(weight('index.html') + asked.reduce((sum, file) => sum + weight(file), 0)).toBeLessThan(150 * 1024);
});

for (const part of ['analysis.worker', 'parse.worker', 'with-data'])
  test(`a page without its part ${part} says that it cannot read files`, async () => {
    const name = readdirSync('dist/assets').find(
      (each) => each.startsWith(`${part}-`) && each.endsWith('.js'),
    )!;
    site.placed.set(`assets/${name}`, 'throw new Error("not the part that this page was built with");');
    const { page } = await site.open({ serviceWorkers: 'block' });
    await page.getByText('A part of this page could not be loaded').waitFor();
    await page.getByLabel('Choose files').waitFor({ state: 'attached' });
    site.placed.clear();
    await page.reload();
    await page.getByRole('button', { name: 'Try with sample data' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /^\s*Read 1 file: / })
      .waitFor();
    expect(await page.getByText('A part of this page').count()).toBe(0);
    await page.context().close();
  });
