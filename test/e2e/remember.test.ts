/** What the browser remembers: after a reload, in two tabs, full, damaged, forgotten; and session files. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack } from '../../src/lib/packed.ts';
import { logLine } from '../helpers/log-lines.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { chooseFiles, download, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const SMALL = { name: 'small.log', content: SMALL_LOG };
const [FIRST, ...REST] = SMALL_LOG.split(/(?<=\n)/);
const LATER =
  '192.0.2.1 - - [04/Sep/2026:00:00:01 +0000] "GET /v2/acme/web/manifests/2.0 HTTP/1.1" 200 10 "-" "docker/27.3.1"\n';
const WAIT = { timeout: 60_000 };

/** Waits until these are the files to go on with, and the page says that something is stored. */
async function untilKept(page: Page, ...names: string[]): Promise<void> {
  await expect.poll(() => presentNames(page), WAIT).toEqual(names.sort());
  await page
    .locator('#kept > summary')
    .filter({ hasText: /\d.* stored here/ })
    .waitFor(WAIT);
}

function presentNames(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases();
    if (!all.some(({ name }) => name === 'pullscope-files')) return [];
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('pullscope-files');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(String(request.error)));
    });
    const tx = db.transaction(['page', 'summaries']);
    const present = tx.objectStore('page').get('present');
    const summaries = tx.objectStore('summaries').getAll();
    await new Promise((resolve) => (tx.oncomplete = resolve));
    db.close();
    const keys = (present.result ?? []) as string[];
    const kept = summaries.result as { key: string; name: string }[];
    return kept.flatMap(({ key, name }) => (keys.includes(key) ? [name] : [])).sort();
  });
}

async function open(page: Page, files = 1): Promise<void> {
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await untilRead(page, files);
}

async function exportsOf(page: Page): Promise<string[]> {
  const files: string[] = [];
  for (const kind of ['raw', 'summary', 'daily'])
    files.push((await download(page, `Download ${kind} CSV`)).text);
  return files;
}

/** Numbers of records in each of the page's databases, and its settings. */
function stored(page: Page): Promise<unknown[]> {
  return page.evaluate(async () => {
    const left: unknown[] = Object.keys(localStorage);
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
      for (const store of db.objectStoreNames) {
        const keys = await new Promise<IDBValidKey[]>((resolve) => {
          const request = db.transaction(store).objectStore(store).getAllKeys();
          request.onsuccess = () => resolve(request.result);
        });
        left.push(...keys);
      }
      db.close();
    }
    return left;
  });
}

test('goes on after a reload with the same bytes, reads what is added, and forgets', async () => {
  const { page, errors } = await site.open();
  expect(await page.getByRole('switch', { name: 'Remember on this device' }).isChecked()).toBe(true);
  await chooseFiles(page, SMALL, { name: 'later.log', content: LATER });
  await untilRead(page, 2);
  await page.getByText(/^\s*Remembered on this device: .+, addresses only as salted hashes\./).waitFor(WAIT);
  await page.getByRole('button', { name: 'What is kept, and the switch' }).click();
  await page.getByText('Its salt stays in this browser').waitFor();
  const before = await exportsOf(page);
  await untilKept(page, 'later.log', 'small.log');
  await page.reload();
  const card = page.getByRole('heading', { name: /^Continue: 2 files · 1.+4 Sep/ });
  await card.waitFor(WAIT);
  await open(page, 2);
  expect(await exportsOf(page)).toEqual(before);
  expect(await figure(page, 'Unique IP addresses')).toBe(3);

  // Reading it otherwise needs its bytes.
  await page.locator('#data > summary').click();
  await page.getByRole('heading', { name: 'later.log' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Remove this file' }).count()).toBe(1);

  // The same file again counts once; a grown one takes the place of what it was.
  await chooseFiles(
    page,
    { name: 'copy.log', content: SMALL_LOG },
    { name: 'later.log', content: LATER + LATER.replace(':01 ', ':41 ') },
  );
  await page.getByRole('button', { name: 'Add these files' }).click();
  await page.getByRole('status').filter({ hasText: 'Read 2 files: ' }).waitFor(WAIT);
  await expect.poll(() => figure(page, 'Pulls'), WAIT).toBe(5);
  await untilKept(page, 'later.log', 'small.log');

  await page.getByRole('button', { name: 'Forget my data' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Nothing is stored here.' }).waitFor(WAIT);
  expect(await stored(page)).toEqual([]);
  await page.reload();
  await page.getByLabel('Choose files').waitFor({ ...WAIT, state: 'attached' });
  expect(await page.getByRole('button', { name: 'Open', exact: true }).count()).toBe(0);
  expect(errors).toEqual([]);
});

test('a file that was remembered is read again when other networks are known', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, SMALL);
  await untilRead(page);
  await untilKept(page, 'small.log');
  await page.reload();
  await chooseFiles(page, SMALL);
  await untilRead(page);
  await page.locator('summary', { hasText: 'Countries and networks' }).click();
  await page.getByRole('textbox', { name: 'Your own networks' }).fill('192.0.2.0/24 office');
  await page.getByRole('button', { name: 'Use these networks' }).click();
  const networks = page.getByRole('list', { name: 'Your networks' });
  await expect.poll(() => networks.textContent(), WAIT).toContain('office');
  expect(await figure(page, 'Unique IP addresses')).toBe(3);
  expect(errors).toEqual([]);
});

/** A record of what is kept; with `bytes` these are put in its place. */
function record(
  page: Page,
  store: string,
  key: string | (string | number)[],
  bytes?: number[],
): Promise<unknown> {
  return page.evaluate(
    async ({ storeName, keyOf, given }): Promise<unknown> => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('pullscope-files');
        request.onsuccess = () => resolve(request.result);
      });
      const records = db.transaction(storeName, 'readwrite').objectStore(storeName);
      if (given) records.put(Uint8Array.from(given), keyOf);
      const request = records.get(keyOf);
      await new Promise((resolve) => (request.onsuccess = resolve));
      db.close();
      return request.result;
    },
    { storeName: store, keyOf: key, given: bytes },
  );
}

/** One pull whose requests stand in two files. */
const PULL = ['HEAD', 'GET', 'GET'].map((method, i) => {
  const reference = i < 2 ? '3.0' : `sha256:${'7'.repeat(64)}`;
  const time = Date.UTC(2026, 8, 5) + i * 2000;
  return logLine(time, '192.0.2.7', method, `/v2/acme/web/manifests/${reference}`, 200, 9, 'docker/27.3.1');
});

test('what classifying made is taken back, and a switch counts anew', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(
    page,
    { name: 'one.log', content: `${PULL[0]}\n${PULL[2]}\n` },
    { name: 'two.log', content: `${PULL[1]}\n` },
  );
  await untilRead(page, 2);
  const before = await exportsOf(page);
  await untilKept(page, 'one.log', 'two.log');
  const openAgain = async () => {
    await page.reload();
    await page.getByRole('heading', { name: /^Continue: 2 files/ }).waitFor(WAIT);
    await open(page, 2);
  };
  const figures = async () => [await figure(page, 'Pulls'), await figure(page, 'Version checks')];
  await openAgain();
  expect([await exportsOf(page), await figures()]).toEqual([before, [1, 0]]);

  // Other actions in its place, and these are shown, until something is changed.
  const head = (await record(page, 'page', 'actions')) as { files: { rows: number }[] };
  const rows = head.files.map((file) => file.rows);
  expect([...rows].sort()).toEqual([1, 2]);
  const [one, two] = [rows.indexOf(2), rows.indexOf(1)];
  const zero = Uint8Array.of(0);
  const block = pack({
    length: 3,
    file: Uint8Array.of(one, two, one),
    row: zero,
    next: zero,
    made: Uint8Array.of(1),
  });
  await record(page, 'blocks', ['actions', 0], [...block]);
  await openAgain();
  await expect.poll(figures, WAIT).toEqual([0, 3]);
  await page.locator('summary', { hasText: 'How it counts' }).click();
  const window = page.getByLabel('Folding window, in seconds');
  await window.fill('1');
  await window.press('Enter');
  await expect.poll(figures, WAIT).toEqual([2, 1]);
  await window.fill('5');
  await window.press('Enter');
  await expect.poll(figures, WAIT).toEqual([1, 0]);
  expect(await exportsOf(page)).toEqual(before);
  expect(errors).toEqual([]);
});

/** Columns of files cannot be read until the answer is called, as when there are many of them. */
async function holdColumns(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('pullscope-files');
      request.onsuccess = () => resolve(request.result);
    });
    const blocks = db.transaction('blocks', 'readwrite').objectStore('blocks');
    const again = () => {
      if ('isFree' in window) db.close();
      else blocks.get(['', 0]).onsuccess = again;
    };
    again();
  });
  return () => page.evaluate(() => void Object.assign(window, { isFree: true }));
}

test('shows the same figures at once, and answers every question when the rest is there', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, SMALL, { name: 'later.log', content: LATER });
  await untilRead(page, 2);
  const names = ['Pulls', 'Version checks', 'Unique IP addresses'];
  const figures = () => Promise.all(names.map((name) => figure(page, name)));
  const shown = () => page.getByRole('table', { name: 'Repositories' }).textContent();
  const before = [await figures(), await shown()];
  await untilKept(page, 'later.log', 'small.log');
  await page.reload();
  await page.getByRole('heading', { name: /^Continue: 2 files/ }).waitFor(WAIT);
  const release = await holdColumns(page);
  await open(page, 2);
  const note = page.getByText('The rest is still being opened.');
  await note.waitFor(WAIT);
  expect([await figures(), await shown()]).toEqual(before);

  const repositories = page.getByRole('table', { name: 'Repositories' });
  await repositories.getByRole('button', { name: /acme\/web/ }).click();
  await page
    .getByRole('list', { name: 'Clients' })
    .getByRole('button', { name: /^docker [\d,]+ \S+.%$/ })
    .click();
  await page.locator('section[aria-labelledby=figures][aria-busy=true]').waitFor(WAIT);
  expect(await note.count()).toBe(1);
  await release();
  await note.waitFor({ ...WAIT, state: 'detached' });
  await expect.poll(() => figures(), WAIT).toEqual([2, 0, 1]);
  expect(await shown()).not.toContain('busybox');
  const tags = page.getByRole('table', { name: /^Tags and digests/ });
  await expect.poll(() => tags.textContent(), WAIT).toContain('2.0');
  await page.getByRole('button', { name: 'Remove filter Client: docker' }).click();
  await expect.poll(() => figures(), WAIT).toEqual(before[0]);
  expect(errors).toEqual([]);
});

/** A file of the browser's own disk: the same handles as those of a drop, and no dialog. */
function writeOnDisk(page: Page, name: string, added: string): Promise<void> {
  return page.evaluate(
    async ([file, text]) => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle(file, { create: true });
      const stream = await handle.createWritable({ keepExistingData: true });
      await stream.seek((await handle.getFile()).size);
      await stream.write(text);
      await stream.close();
    },
    [name, added] as const,
  );
}

test('a dropped file that has grown is read again from the disk with one click', async () => {
  const { page, errors } = await site.open();
  await writeOnDisk(page, 'access.log', SMALL_LOG);
  await page.evaluate(async (name) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(name);
    Object.assign(DataTransferItem.prototype, { getAsFileSystemHandle: () => Promise.resolve(handle) });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(await handle.getFile());
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, 'access.log');
  await untilRead(page);
  await untilKept(page, 'access.log');
  await page.locator('#kept > summary').click();
  await page.getByRole('heading', { name: 'Read new lines' }).waitFor(WAIT);
  await page.reload();
  await writeOnDisk(page, 'access.log', LATER);
  await page.getByText('What has come since in access.log can be read').waitFor(WAIT);
  await page.getByRole('button', { name: 'Open and read new lines' }).click();
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(4);
  await writeOnDisk(page, 'access.log', LATER.replace(':01 ', ':41 '));
  await untilKept(page, 'access.log');
  await page.locator('#kept > summary').click();
  await page.getByRole('button', { name: 'Read new lines', exact: true }).click();
  await expect.poll(() => figure(page, 'Pulls').catch(() => 0), WAIT).toBe(5);
  await untilKept(page, 'access.log');
  await page.getByRole('button', { name: 'Forget my data' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Nothing is stored here.' }).waitFor(WAIT);
  expect(await stored(page)).toEqual([]);
  expect(errors).toEqual([]);
});

test('two tabs, a damaged database, and a tab that goes while it reads', async () => {
  const { page, url } = await site.open();
  const other = await page.context().newPage();
  await other.goto(url);
  await chooseFiles(page, SMALL);
  await untilRead(page);
  await untilKept(page, 'small.log');
  await chooseFiles(other, { name: 'later.log', content: LATER });
  await untilRead(other);
  await untilKept(other, 'later.log');
  // Each goes on with what is its own.
  expect([await figure(page, 'Pulls'), await figure(other, 'Pulls')]).toEqual([3, 1]);

  await other.reload();
  await other.getByRole('heading', { name: /^Continue: 1/ }).waitFor(WAIT);
  // What was kept is overwritten with something else: the file is counted again when it is there.
  await other.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('pullscope-files');
      request.onsuccess = () => resolve(request.result);
    });
    const tx = db.transaction('blocks', 'readwrite');
    const store = tx.objectStore('blocks');
    await new Promise((resolve) => {
      store.openKeyCursor().onsuccess = (event) => {
        const cursor = (event.target as IDBRequest<IDBCursor | null>).result;
        if (!cursor) return resolve(null);
        store.put(new Uint8Array([1, 2, 3]), cursor.primaryKey);
        cursor.continue();
      };
    });
    db.close();
  });
  await open(other);
  await other
    .getByText(/What was kept of .+ is damaged or gone\./)
    .first()
    .waitFor(WAIT);
  await other.reload();
  await chooseFiles(other, SMALL);
  await untilRead(other);
  expect(await figure(other, 'Pulls')).toBe(3);
  await untilKept(other, 'small.log');

  const reading = await page.context().newPage();
  await reading.goto(url);
  await reading.getByRole('button', { name: 'Open', exact: true }).waitFor(WAIT);
  // Made there: it is too long to be handed over.
  await reading.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text.repeat(30_000)], 'big.log'));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    }
  }, SMALL_LOG);
  await reading.getByRole('button', { name: 'Replace everything' }).click();
  await reading.getByRole('heading', { name: 'Reading 1 file' }).waitFor(WAIT);
  // It ends in the middle, as when it runs out of memory.
  const cdp = await page.context().newCDPSession(reading);
  const crashed = reading.waitForEvent('crash');
  void cdp.send('Page.crash').catch(() => {});
  await crashed;
  await reading.close();
  await other.reload();
  await open(other);
  expect(await figure(other, 'Pulls')).toBe(3);
});

test('full storage is a message and no loss; nothing is kept where that is wished', async () => {
  const { page, url } = await site.open();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize: 1 });
  await chooseFiles(page, SMALL);
  await untilRead(page);
  await page.getByRole('alert').filter({ hasText: 'It works until you close the tab.' }).waitFor(WAIT);
  expect(await figure(page, 'Pulls')).toBe(3);
  expect(await exportsOf(page)).toHaveLength(3);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin });
  await page.locator('#kept > summary').click();
  const remember = page.getByRole('switch', { name: 'Remember on this device' });
  await remember.uncheck();
  await page.locator('#kept > summary').filter({ hasText: 'Nothing of your files' }).waitFor(WAIT);
  await remember.check();
  await untilKept(page, 'small.log');
  await remember.uncheck();
  await expect.poll(() => stored(page), WAIT).toEqual(['pullscope-remember']);
  // Forgetting does not switch it on again.
  await page.getByRole('button', { name: 'Forget my data' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Nothing is stored here.' }).waitFor(WAIT);
  expect(await stored(page)).toEqual(['pullscope-remember']);
});

/** A HEAD that a push made. */
const PUSH = ['HEAD', 'PUT']
  .map((method, i) =>
    logLine(
      Date.UTC(2026, 8, 6) + i * 1000,
      '192.0.2.9',
      method,
      '/v2/acme/web/manifests/3',
      201,
      9,
      'docker/27',
    ),
  )
  .join('\n');

/** Days that all files cover together, in runs. */
function coveredDays(page: Page): Promise<string | null> {
  const table = page.locator('#data table', { has: page.locator('caption', { hasText: 'All files' }) });
  return table.textContent();
}

async function pushesHidden(page: Page): Promise<string> {
  const counts = page.getByRole('region', { name: 'Hide noise' }).locator('li', { hasText: 'Own pushes' });
  await counts.filter({ hasText: /\d/ }).waitFor(WAIT);
  return (await counts.textContent())!.trim();
}

test('a session file opens elsewhere, and adds to what is there', async () => {
  const { page } = await site.open();
  await chooseFiles(
    page,
    SMALL,
    { name: 'first.log', content: FIRST! + REST.join('').replaceAll('Sep', 'Oct') },
    { name: 'push.log', content: PUSH },
  );
  await untilRead(page, 3);
  const before = await exportsOf(page);
  const [days, hidden] = [await coveredDays(page), await pushesHidden(page)];
  expect(hidden).toMatch(/Own pushes\s+1 action \(/);
  await page.locator('#kept > summary').click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save session file' }).click(),
  ]);
  const path = join(mkdtempSync(join(tmpdir(), 'pullscope-session-')), 'a.pulls');
  await saved.saveAs(path);
  const content = readFileSync(path);
  expect(saved.suggestedFilename()).toMatch(/^pullscope_2026-09-01_2026-10-\d\d\.pulls$/);
  expect(content.includes('192.0.2')).toBe(false);

  const elsewhere = (await site.open()).page;
  await chooseFiles(elsewhere, { name: 'cut.pulls', content: content.subarray(0, content.length - 9) });
  await elsewhere.getByText('cut.pulls: This session file is damaged').waitFor(WAIT);
  await chooseFiles(elsewhere, { name: 'a.pulls', content });
  await untilRead(elsewhere, 3);
  expect(await exportsOf(elsewhere)).toEqual(before);
  expect([await coveredDays(elsewhere), await pushesHidden(elsewhere)]).toEqual([days, hidden]);
  // The same log beside it counts once.
  await chooseFiles(elsewhere, SMALL);
  await elsewhere.getByRole('button', { name: 'Add these files' }).click();
  await expect.poll(() => exportsOf(elsewhere), WAIT).toEqual(before);
});
