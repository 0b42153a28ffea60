/**
 * The pages of the normal build. In: index.html as Vite writes it. Out: index.html, which may connect to nothing, and
 * team.html, the same page that may read from its own server, and is told so by a meta element.
 */
import type { Plugin } from 'vite';
import { type Allowed, policyElement, policyFor } from './policy.ts';
import { isOfProduct } from './of-product.ts';

const OF_OWN_FILES: Allowed = { scripts: "'self'", styles: "'self'", installed: true, ownServer: false };
/** session/host/page-kind.ts looks for it. */
const READS_LIST = '<meta name="pullscope-list" content="pullscope.json">';

export function pages(): Plugin {
  return {
    name: 'pages',
    apply: isOfProduct,
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const index = bundle['index.html'];
        if (index?.type !== 'asset') throw new Error('The build has no index.html.');
        const page = String(index.source);
        index.source = withPolicy(page, { ...OF_OWN_FILES });
        const source = withPolicy(page, { ...OF_OWN_FILES, ownServer: true }, READS_LIST);
        this.emitFile({ type: 'asset', fileName: 'team.html', source });
      },
    },
  };
}

/** The policy comes before everything that it is about. */
function withPolicy(page: string, allowed: Allowed, more = ''): string {
  const head = `<head>\n    ${policyElement(policyFor(allowed))}\n    <link rel="manifest" href="./manifest.webmanifest">`;
  return page.replace('<head>', () => (more ? `${head}\n    ${more}` : head));
}
