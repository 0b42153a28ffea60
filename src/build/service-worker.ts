/**
 * Keeps the page for use without a network. In: the list of the build's files and their version (offline.ts writes
 * both). It fetches and answers for the files of that list and for nothing else: logs, tables and what a host lists
 * never come here. Large files that few people need are kept when they are first used. A new version waits until the person reloads; caches of other pages of the same origin are not touched.
 */
declare const __VERSION__: string;
declare const __FILES__: string[];
declare const __KEPT_WHEN_USED__: string[];

const worker = self as unknown as ServiceWorkerGlobalScope;
/** Pages below several paths of one origin share its caches: each has its own names. */
const FAMILY = `pullscope ${worker.registration.scope} `;
const NAME = FAMILY + __VERSION__;
const addressOf = (file: string) => new URL(file, worker.registration.scope).href;
const addresses = new Set(__FILES__.map(addressOf));
const keptWhenUsed = new Set(__KEPT_WHEN_USED__.map(addressOf));

worker.addEventListener('install', (event) => {
  event.waitUntil(keepAll());
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  url.hash = '';
  if (request.mode === 'navigate') url.search = '';
  const address = url.href === worker.registration.scope ? addressOf('index.html') : url.href;
  if (addresses.has(address) || keptWhenUsed.has(address)) event.respondWith(answer(address, request));
});

/** All or nothing. Names with a digest never change; all others are asked for anew. */
async function keepAll(): Promise<void> {
  const responses = await Promise.all(
    [...addresses].map(async (address) => {
      const cache = address.includes('/assets/') ? 'default' : 'no-cache';
      const response = await fetch(address, { cache, credentials: 'same-origin' });
      if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
      // Some hosts send /index.html to /. Browsers refuse an answer that was redirected for a page.
      const { status, headers } = response;
      return [
        address,
        response.redirected ? new Response(response.body, { status, headers }) : response,
      ] as const;
    }),
  );
  const cache = await caches.open(NAME);
  await Promise.all(responses.map(([address, response]) => cache.put(address, response)));
}

/** The first version serves the page that brought it at once; a later one comes with a page of its own. */
async function takeOver(): Promise<void> {
  await worker.clients.claim();
  for (const name of await caches.keys())
    if (name.startsWith(FAMILY) && name !== NAME) await caches.delete(name);
}

async function answer(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const kept = await cache.match(address);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && keptWhenUsed.has(address)) await cache.put(address, response.clone());
  return response;
}
