/**
 * Takes the reference pictures: every view of the built page, at three widths, light and dark, beside this file.
 *   npm run pictures
 *   npm run pictures -- dashboard why      (only these)
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { PageUnderTest } from '../e2e/open-page.ts';
import { smallPng } from './small-png.ts';
import { pictureName, type PicturedView, SCHEMES, VIEWS, WIDTHS } from './views.ts';

/** Taller pages are cut off here: what comes after has pictures of its own. */
const HIGHEST = 4800;
const HEIGHT = 900;
/** Beside the page's own things, nothing that depends on who takes the pictures, when and where. */
const SAME_EVERYWHERE = {
  locale: 'en-GB',
  timezoneId: 'UTC',
  reducedMotion: 'reduce',
  deviceScaleFactor: 1,
} as const;
const NOW = Date.UTC(2026, 10, 2, 9);

const wanted = process.argv.slice(2);
const site = await PageUnderTest.start();
for (const view of VIEWS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  for (const width of WIDTHS) {
    const { page } = await site.open({ ...SAME_EVERYWHERE, viewport: { width, height: HEIGHT } });
    await prepare(page);
    await view.show(page);
    // Nothing is pointed at.
    await page.mouse.move(0, 0);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => new Promise((done) => setTimeout(done, 400)));
      const name = pictureName(view.name, width, colorScheme);
      const picture = smallPng(await taken(page, view), HIGHEST);
      writeFileSync(fileURLToPath(new URL(name, import.meta.url)), picture);
      process.stdout.write(`${name} ${Math.round(picture.length / 1000)} kB\n`);
    }
    await page.context().close();
  }
}
await site.stop();

/** One reader of files, and a clock that stands still. */
async function prepare(page: Page): Promise<void> {
  await page.addInitScript((now) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 });
    Date.now = () => now;
  }, NOW);
  await page.reload();
}

function taken(page: Page, { part, isDialog = false }: PicturedView): Promise<Buffer> {
  const options = { animations: 'disabled', caret: 'hide' } as const;
  if (part) return page.locator(part).first().screenshot(options);
  return page.screenshot({ ...options, fullPage: !isDialog });
}
