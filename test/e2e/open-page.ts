/** The built page in a real browser, served as a static host would: from a folder below the root. */
import { createReadStream, existsSync, mkdtempSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromeOptions } from '../helpers/chrome.ts';

const DIST = resolve('dist');
/** Any sub-path will do. */
const BASE = '/tools/pulls/';
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

export interface Opened {
  page: Page;
  url: string;
  /** Every request that the browser made for the page, worker scripts included. */
  requests: string[];
  /** Errors of the page, and what the browser's policy refused. */
  errors: string[];
}

export class PageUnderTest {
  /** Files that the host placed beside the page, or instead of one of its own, by path below the page. */
  readonly placed: Map<string, string | Uint8Array>;
  /** What the server was asked for. */
  readonly asked: string[] = [];
  /** The server answers nothing. */
  private isDown = false;

  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    readonly url: string,
    placed: Map<string, string | Uint8Array>,
  ) {
    this.placed = placed;
    server.prependListener('request', ({ url }) => this.asked.push(url!));
    server.on('connection', (socket) => this.isDown && socket.destroy());
  }

  static async start(): Promise<PageUnderTest> {
    if (!existsSync(join(DIST, 'index.html'))) throw new Error('There is no dist/: run npm run build first.');
    const placed = new Map<string, string | Uint8Array>();
    const server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname);
      const file = join(DIST, normalize(path.slice(BASE.length) || 'index.html'));
      const own = placed.get(path.slice(BASE.length));
      if (own !== undefined) {
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
        response.end(own);
        return;
      }
      if (!path.startsWith(BASE) || !file.startsWith(DIST) || !existsSync(file) || !statSync(file).isFile()) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      createReadStream(file).pipe(response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const browser = await chromium.launch(await chromeOptions());
    return new PageUnderTest(browser, server, `http://127.0.0.1:${port}${BASE}`, placed);
  }

  /** As when a network is gone: connections that are open end, too. */
  goDown(isDown: boolean): void {
    this.isDown = isDown;
    if (isDown) this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((done) => this.server.close(done));
  }

  async open(options: Parameters<Browser['newContext']>[0] = {}, file = ''): Promise<Opened> {
    const context = await this.browser.newContext({ locale: 'en-GB', acceptDownloads: true, ...options });
    const page = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(file.startsWith('file:') ? file : this.url + file);
    return { page, url: this.url, requests, errors };
  }
}

export interface GivenFile {
  name: string;
  content: string | Uint8Array;
}

/** Chooses files with the button. */
export async function chooseFiles(page: Page, ...files: GivenFile[]): Promise<void> {
  await page.getByLabel('Choose files').setInputFiles(
    files.map(({ name, content }) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(content),
    })),
  );
}

/** Drops files on the window, as a person does. */
export async function dropFiles(page: Page, ...files: GivenFile[]): Promise<void> {
  const given = files.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64') }));
  await page.evaluate((each) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of each) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) {
      const event = new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }
  }, given);
}

export async function untilRead(page: Page, files = 1): Promise<string> {
  const status = page.getByRole('status');
  const wanted = new RegExp(`^\\s*Read ${files} files?: `);
  await status.filter({ hasText: wanted }).waitFor({ timeout: 60_000 });
  return (await status.textContent())!.trim();
}

/** The exact integer of a headline figure; waits for a view that comes. */
export async function figure(page: Page, name: string): Promise<number> {
  const data = page.getByLabel(name, { exact: true }).and(page.locator('data'));
  await data.first().waitFor();
  if ((await data.count()) !== 1) throw new Error(`There is no figure ${name}, or more than one.`);
  return Number(await data.getAttribute('value'));
}

/** Presses a download button and gives the file's name and bytes. */
export async function download(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const path = join(mkdtempSync(join(tmpdir(), 'pullscope-download-')), 'file.csv');
  await file.saveAs(path);
  const { readFileSync } = await import('node:fs');
  return { name: file.suggestedFilename(), text: readFileSync(path, 'utf8') };
}
