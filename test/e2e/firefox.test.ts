/**
 * The core path in Firefox: the built page reads logs there, shows what Chromium shows and writes the same bytes, and
 * remembers. Skipped where no Firefox is installed (apt-get install firefox-esr, or FIREFOX_PATH).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firefoxPath } from '../helpers/firefox.ts';
import { FirefoxPage } from './firefox-page.ts';
import { chooseFiles, download, figure, type GivenFile, PageUnderTest, untilRead } from './open-page.ts';

const path = firefoxPath();
const FORMATS = ['nginx-main', 'distribution-json', 'harbor-proxy', 'traefik-json', 'haproxy-http', 'quay'];
const FIGURES = ['Pulls', 'Pulls by tag', 'Pulls by digest', 'Version checks', 'Unique IP addresses'];
const LISTS = ['Clients', 'Countries'];

/** Every other one compressed. */
const FILES = FORMATS.flatMap((format) => {
  const folder = join('test/fixtures/logs', format);
  const names = readdirSync(folder).filter((name) => name.endsWith('.log'));
  return names.map((name) => ({ name: `${format}-${name}`, content: readFileSync(join(folder, name)) }));
}).map(({ name, content }, i): GivenFile =>
  i % 2 === 0 ? { name, content } : { name: `${name}.gz`, content: gzipSync(content) },
);

let site: PageUnderTest;
beforeAll(async () => void (path && (site = await PageUnderTest.start())));
afterAll(() => site?.stop());

interface Shown {
  figures: number[];
  lists: string[];
  raw: string;
}

async function inChromium(): Promise<Shown> {
  const { page } = await site.open();
  await chooseFiles(page, ...FILES);
  await untilRead(page, FILES.length);
  const figures = await Promise.all(FIGURES.map((name) => figure(page, name)));
  const lists = await Promise.all(
    LISTS.map((name) => page.getByRole('list', { name, exact: true }).innerText()),
  );
  return { figures, lists, raw: (await download(page, 'Download raw CSV')).text };
}

/** The page's own text of its status, once it begins so. */
function untilStatus(page: FirefoxPage, beginning: string): Promise<string> {
  return page.until((wanted) => {
    const status = document.querySelector('[role=status]')!.textContent.trim();
    return status.startsWith(wanted) && !status.includes('still being opened') ? status : null;
  }, beginning);
}

async function inFirefox(page: FirefoxPage): Promise<Shown> {
  await untilStatus(page, `Read ${FILES.length} files: `);
  const lists = await page.until((names) => {
    const found = names.map((name) =>
      [...document.querySelectorAll<HTMLElement>('ul, ol')].find(
        (list) =>
          list.ariaLabel === name ||
          document.getElementById(list.getAttribute('aria-labelledby') ?? '')?.textContent.trim() === name,
      ),
    );
    return found.every((list) => list !== undefined) ? found.map((list) => list!.innerText) : null;
  }, LISTS);
  const figures = await page.evaluate(
    (names) =>
      names.map((name) => {
        const data = [...document.querySelectorAll('data')].find(
          (each) =>
            document.getElementById(each.getAttribute('aria-labelledby') ?? '')?.textContent.trim() === name,
        );
        return Number(data?.value);
      }),
    FIGURES,
  );
  return { figures, lists, raw: await saved(page, 'Download raw CSV') };
}

/** What a button would save. */
function saved(page: FirefoxPage, button: string): Promise<string> {
  return page.evaluate(async (label) => {
    const { createObjectURL } = URL;
    const given = new Promise<Blob>((resolve) => {
      URL.createObjectURL = (blob: Blob) => {
        resolve(blob);
        return createObjectURL(blob);
      };
    });
    [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === label)!.click();
    const text = await (await given).text();
    URL.createObjectURL = createObjectURL;
    return text;
  }, button);
}

function press(page: FirefoxPage, button: string): Promise<true> {
  return page.until((label) => {
    const found = [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === label);
    found?.click();
    return found ? true : null;
  }, button);
}

test.skipIf(path === null)(
  'Firefox counts what Chromium counts, writes the same bytes, remembers and forgets',
  async () => {
    const expected = await inChromium();
    expect(expected.figures[0]).toBeGreaterThan(10);
    const page = await FirefoxPage.open(path!, site.url);
    try {
      await page.chooseFiles(...FILES);
      expect(await inFirefox(page)).toEqual(expected);
      await page.until(() => document.body.textContent.includes('Remembered on this device: ') || null, null);
      await page.reload();
      await press(page, 'Open');
      expect(await inFirefox(page)).toEqual(expected);
      await press(page, 'Forget my data');
      await press(page, 'Forget');
      await untilStatus(page, 'Nothing is stored here.');
      expect(page.errors).toEqual([]);
    } finally {
      await page.close();
    }
  },
  180_000,
);
