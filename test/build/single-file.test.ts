import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { assemble } from '../../src/build/single-file.ts';

const PAGE =
  '<html><head><link href="./favicon.svg"></head><body><script type="module" src="/src/main.ts"></script></body></html>';

it('puts everything into the page, and names its digests in the policy', () => {
  const page = assemble(
    PAGE,
    'a("</script>", "<!--", "$& $1")',
    'p{content:"$&"}',
    'MIT <a@b.example> & others',
  );
  const script = /<script>(.*)<\/script>/s.exec(page)![1]!;
  expect(script).toBe('a("<\\/script>", "<\\!--", "$& $1")');
  expect(page).toContain('<style>p{content:"$&"}</style>');
  expect(page).toContain('<pre id="licences">MIT &lt;a@b.example> &amp; others</pre>');
  expect(page).toContain('href="data:image/svg+xml;base64,');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
  const digest = createHash('sha256').update(script).digest('base64');
  expect(policy).toContain(`script-src 'sha256-${digest}' 'wasm-unsafe-eval'; worker-src blob:;`);
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toContain('self');
});
