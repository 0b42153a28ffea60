/**
 * The service worker of a build. In: all files of the build, and public/. Out: service-worker.js, which knows the
 * names of exactly those files and a version that is the digest of their contents. service-worker.ts says what it does.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';
import { isOfProduct } from './of-product.ts';

const SOURCE = 'src/build/service-worker.ts';
/** Names of autonomous systems: three times as large as the rest of the page, and asked for address by address. */
const KEPT_WHEN_USED = /^assets\/systems\.bin-[\w-]+\.js$/;

export function offline(): Plugin {
  return {
    name: 'offline',
    apply: isOfProduct,
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const contents = new Map<string, string | Uint8Array>();
        for (const name of readdirSync('public')) contents.set(name, readFileSync(join('public', name)));
        for (const [name, file] of Object.entries(bundle))
          contents.set(name, file.type === 'chunk' ? file.code : file.source);
        const names = [...contents.keys()].sort();
        const digest = createHash('sha256');
        for (const name of names) digest.update(name).update('\0').update(contents.get(name)!);
        const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), SOURCE, {});
        const source = code
          .replace('__VERSION__', JSON.stringify(digest.digest('hex').slice(0, 16)))
          .replace('__FILES__', JSON.stringify(names.filter((name) => !KEPT_WHEN_USED.test(name))))
          .replace('__KEPT_WHEN_USED__', JSON.stringify(names.filter((name) => KEPT_WHEN_USED.test(name))));
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
      },
    },
  };
}
