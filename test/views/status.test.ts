import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** spec/outputs.md, "What the page lets a person, and a test, take hold of": what happens otherwise is told politely. */
test('one element alone has the role of status', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.svelte'),
  );
  const places = files.flatMap((name) => {
    const found = readFileSync(join('src', name), 'utf8').match(/role="status"|<output\b/g);
    return (found ?? []).map(() => name);
  });
  expect(places).toEqual([join('views', 'Messages.svelte')]);
});
