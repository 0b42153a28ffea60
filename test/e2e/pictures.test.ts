import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

async function saved(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  const path = join(mkdtempSync(join(tmpdir(), 'pullscope-picture-')), 'file');
  await file.saveAs(path);
  return { name: file.suggestedFilename(), bytes: readFileSync(path) };
}

/** Colours of the picture, and how much of it is the colour of its corner. */
async function look(page: Page, bytes: Buffer) {
  return page.evaluate(async (base64) => {
    const blob = new Blob([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))]);
    const image = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    const ground = pixels.filter((pixel) => pixel === pixels[0]).length / pixels.length;
    const isOpaque = pixels.every((pixel) => pixel >>> 24 === 255);
    const corner = (pixels[0]! & 0xff).toString(16);
    return { colours: new Set(pixels).size, ground, isOpaque, corner };
  }, bytes.toString('base64'));
}

test('every chart is saved as a picture, in the colours of the page', async () => {
  const { page, errors } = await site.open({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await untilRead(page);
  await page.getByRole('button', { name: 'Last month' }).click();
  await page.getByText('30 days, UTC').waitFor();
  const pictures = [await saved(page, 'PNG: Actions per day')];
  await page.evaluate(() => (location.hash = '#/repo/acme%2Fweb'));
  for (const name of ['Actions per day', 'Adoption of releases', 'When in the week'])
    pictures.push(await saved(page, `PNG: ${name}`));
  expect(pictures.map(({ name }) => name.replace(/_\d{4}-.*(?=\.png)/, ''))).toEqual([
    'actions_per_day.png',
    'actions_per_day.png',
    'adoption_of_releases.png',
    'when_in_the_week.png',
  ]);
  expect(pictures[0]!.name).toBe('actions_per_day_2026-10-02_2026-10-31.png');
  expect(pictures[2]!.name).toBe('adoption_of_releases_2026-08-01_2026-10-31.png');
  for (const { bytes } of pictures) {
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    expect(bytes.readUInt32BE(16)).toBe(2400);
    expect(bytes.readUInt32BE(20)).toBeGreaterThan(700);
    const seen = await look(page, bytes);
    // The dark surface of the page, with more on it than a title.
    expect(seen).toMatchObject({ isOpaque: true, corner: '18' });
    expect(seen.colours).toBeGreaterThan(100);
    expect(seen.ground).toBeLessThan(0.985);
  }
  // Each differs from the others.
  expect(new Set(pictures.map(({ bytes }) => bytes.toString('base64'))).size).toBe(4);
  expect(errors).toEqual([]);
});
