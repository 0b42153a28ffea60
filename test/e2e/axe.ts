/**
 * What axe finds on the page as it is: a line for each rule that is broken, with the elements that break it; and the
 * screens on which it looks at what the page shows.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Axe {
  run(part: Element): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** Width in pixels, and the theme. */
export const SCREENS = [
  [1440, 'light'],
  [768, 'dark'],
  [360, 'light'],
] as const;

const SCRIPT = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * In the dialog alone where one is open: what is behind it cannot be reached. Waits until nothing is being counted or
 * drawn and no colour fades: half way, contrasts are those of no state.
 */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated by the test tool, so that the page's policy, which allows no foreign script, stays as it is.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SCRIPT);
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe };
    const found = await axe.run(document.querySelector('dialog[open]') ?? document.documentElement);
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  });
}
