/**
 * A page in Firefox, driven by WebDriver BiDi (w3.org/TR/webdriver-bidi), which every Firefox speaks: it may be the
 * system's. In: its path, an address. Out: files chosen, functions run in the page.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GivenFile } from './open-page.ts';
import { openSocket, type TextSocket } from './web-socket.ts';

/** A fresh profile asks and fetches nothing. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'intl.accept_languages': 'en-GB',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
};
/** It may start on a busy machine. */
const SLOW = 90_000;

type Answer = {
  type: string;
  id?: number;
  result?: unknown;
  error?: string;
  message?: string;
  method?: string;
};
type Remote = { type: string; result?: { value?: string }; exceptionDetails?: { text: string } };

export class FirefoxPage {
  private socket!: TextSocket;
  private context = '';
  private next = 0;
  private readonly waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  /** What the page's console called an error. */
  readonly errors: string[] = [];

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static async open(path: string, url: string): Promise<FirefoxPage> {
    const folder = mkdtempSync(join(tmpdir(), 'pullscope-firefox-'));
    const lines = Object.entries(PREFERENCES).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    writeFileSync(join(folder, 'user.js'), lines.join(''));
    const args = [
      '--headless',
      '--no-remote',
      '--profile',
      folder,
      '--remote-debugging-port',
      '0',
      'about:blank',
    ];
    const page = new FirefoxPage(spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] }), folder);
    try {
      await page.connect();
      await page.send('browsingContext.navigate', { context: page.context, url, wait: 'complete' });
    } catch (error) {
      await page.close();
      throw error;
    }
    return page;
  }

  /** Runs in the page. In and out: what JSON can hold. */
  async evaluate<A, T>(work: (argument: A) => T | Promise<T>, argument: A): Promise<T> {
    const called = (await this.send('script.callFunction', {
      functionDeclaration: `async (text) => JSON.stringify([await (${work.toString()})(JSON.parse(text)[0])])`,
      arguments: [{ type: 'string', value: JSON.stringify([argument]) }],
      target: { context: this.context },
      awaitPromise: true,
      userActivation: true,
    })) as Remote;
    if (called.exceptionDetails) throw new Error(called.exceptionDetails.text);
    return (JSON.parse(called.result!.value!) as [T])[0];
  }

  /** Asks again and again until the answer is something. */
  async until<A, T>(work: (argument: A) => T | null | Promise<T | null>, argument: A): Promise<T> {
    for (const end = Date.now() + SLOW; Date.now() < end;) {
      // While it is loaded anew there is no page to ask.
      const answer = await this.evaluate(work, argument).catch(() => null);
      if (answer !== null) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const text = await this.evaluate(() => document.body.innerText.slice(0, 600), null);
    throw new Error(
      `It did not come: ${work.toString()} of ${JSON.stringify(argument)}. The page says: ${text}`,
    );
  }

  async chooseFiles(...files: GivenFile[]): Promise<void> {
    const folder = mkdtempSync(join(this.folder, 'given-'));
    const paths = files.map(({ name, content }) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    });
    const { nodes } = (await this.send('browsingContext.locateNodes', {
      context: this.context,
      locator: { type: 'css', value: 'input[type=file]:not([webkitdirectory])' },
    })) as { nodes: { sharedId: string }[] };
    await this.send('input.setFiles', {
      context: this.context,
      element: { sharedId: nodes[0]!.sharedId },
      files: paths,
    });
  }

  async reload(): Promise<void> {
    await this.send('browsingContext.reload', { context: this.context, wait: 'complete' });
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.socket?.close();
    if (this.process.exitCode === null && this.process.kill()) await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async connect(): Promise<void> {
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      const late = setTimeout(() => reject(new Error(`Firefox did not start: ${said}`)), SLOW);
      this.process.on('error', reject);
      this.process.once('exit', () => reject(new Error(`Firefox ended: ${said}`)));
      this.process.stderr!.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
        if (!found) return;
        clearTimeout(late);
        resolve(found[1]!);
      });
    });
    this.socket = await openSocket(
      new URL(`${address}/session`),
      (text) => this.take(JSON.parse(text) as Answer & { params?: { level?: string; text?: string } }),
      () => this.fail(new Error('Firefox ended.')),
    );
    await this.send('session.new', { capabilities: {} });
    await this.send('session.subscribe', { events: ['log.entryAdded'] });
    const { contexts } = (await this.send('browsingContext.getTree', {})) as {
      contexts: { context: string }[];
    };
    this.context = contexts[0]!.context;
  }

  private send(method: string, params: object): Promise<unknown> {
    const id = ++this.next;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  private take(answer: Answer & { params?: { level?: string; text?: string } }): void {
    if (answer.method === 'log.entryAdded' && answer.params?.level === 'error')
      this.errors.push(answer.params.text ?? '');
    const waiting = this.waiting.get(answer.id ?? 0);
    if (!waiting) return;
    this.waiting.delete(answer.id!);
    if (answer.type === 'error') waiting.reject(new Error(`${answer.error}: ${answer.message}`));
    else waiting.resolve(answer.result);
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
