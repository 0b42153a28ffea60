/**
 * The whole page as one HTML file that works from disk. In: the sources, built a second time into one script with
 * everything in it (workers, scanner, tables of places, sample) but the table of autonomous systems. Out: pullscope.html, whose policy names the digests of
 * its one script and its one style sheet. Limits: it is not installed and keeps no other file.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build, type Plugin, type PluginOption, type UserConfig } from 'vite';
import { policyElement, policyFor } from './policy.ts';
import { isOfProduct } from './of-product.ts';

interface Parts {
  /** Of the normal build, made anew. */
  plugins: () => PluginOption[];
  base: Pick<UserConfig, 'assetsInclude' | 'worker'>;
  licences: () => string;
}

export function singleFile({ plugins, base, licences }: Parts): Plugin {
  return {
    name: 'single-file',
    apply: isOfProduct,
    enforce: 'post',
    generateBundle: {
      // After the service worker's list, which must not hold it.
      order: 'post',
      async handler() {
        const built = await build({
          ...base,
          configFile: false,
          logLevel: 'warn',
          base: './',
          publicDir: false,
          plugins: [leaveOutSystems(), ...plugins()],
          build: {
            target: 'es2022',
            write: false,
            modulePreload: false,
            cssCodeSplit: false,
            chunkSizeWarningLimit: Infinity,
            reportCompressedSize: false,
            rolldownOptions: {
              // Vite's own loader of parts asks for it; there are no parts here.
              checks: { emptyImportMeta: false, pluginTimings: false },
              input: 'src/main.ts',
              output: { format: 'iife', codeSplitting: false },
            },
          },
        });
        if (Array.isArray(built) || !('output' in built))
          throw new Error('The single file has more than one build.');
        const scripts = built.output.filter((file) => file.type === 'chunk').map(({ code }) => code);
        const styles = built.output.flatMap((file) =>
          file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : [],
        );
        if (scripts.length !== 1 || styles.length !== 1 || built.output.length !== 2)
          throw new Error(
            `The single file has other parts: ${built.output.map(({ fileName }) => fileName).join(', ')}`,
          );
        const page = assemble(readFileSync('index.html', 'utf8'), scripts[0]!, styles[0]!, licences());
        this.emitFile({ type: 'asset', fileName: 'pullscope.html', source: page });
      },
    },
  };
}

/** It would double the file (3.0 MB), and every visit would read it: places/load.ts finds it empty. */
function leaveOutSystems(): Plugin {
  return {
    name: 'leave-out-systems',
    enforce: 'pre',
    load: (id) => (id.endsWith('/systems.bin.gz?inline') ? "export default '';" : null),
  };
}

/** Exported for its test. */
export function assemble(page: string, script: string, style: string, licences: string): string {
  const code = safeInScript(script);
  const scripts = hashOf(code);
  const styles = hashOf(style);
  const policy = policyElement(policyFor({ scripts, styles, installed: false, ownServer: false }));
  const icon = `data:image/svg+xml;base64,${readFileSync('public/favicon.svg').toString('base64')}`;
  const kept = `<details><summary>Licences</summary><pre id="licences">${escape(licences)}</pre></details>`;
  // Functions, because what is put in may hold $&, which a text to put in must not.
  return page
    .replace('<head>', () => `<head>\n    ${policy}`)
    .replace('./favicon.svg', () => icon)
    .replace('</head>', () => `<style>${style}</style>\n  </head>`)
    .replace(/<script type="module"[^>]*><\/script>/, () => `${kept}\n    <script>${code}</script>`);
}

/** What would end a script, or begin a comment in it, stands in strings and regular expressions only. */
function safeInScript(code: string): string {
  return code
    .trim()
    .replaceAll(/<\/(script)/gi, '<\\/$1')
    .replaceAll('<!--', '<\\!--');
}

/** Browsers hash what stands between the tags, with line ends as \n. */
function hashOf(content: string): string {
  return `'sha256-${createHash('sha256').update(content.replaceAll('\r\n', '\n')).digest('base64')}'`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
