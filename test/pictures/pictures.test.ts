import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sizeOfPng } from './small-png.ts';
import { pictureName, SCHEMES, VIEWS, WIDTHS } from './views.ts';

const FOLDER = 'test/pictures';
const MOST_BYTES = 6_000_000;

test('each view has its reference pictures, and no picture is left over', () => {
  const wanted = VIEWS.flatMap(({ name }) =>
    WIDTHS.flatMap((width) => SCHEMES.map((scheme) => pictureName(name, width, scheme))),
  );
  const found = readdirSync(FOLDER).filter((name) => name.endsWith('.png'));
  expect(found.sort()).toEqual(wanted.sort());
  const bytes = found.reduce((sum, name) => sum + statSync(`${FOLDER}/${name}`).size, 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

test('a picture is as wide as its window, or of a part of it', () => {
  for (const { name, part } of VIEWS) {
    for (const width of WIDTHS) {
      const size = sizeOfPng(readFileSync(`${FOLDER}/${pictureName(name, width, 'light')}`));
      if (part) expect(size.width).toBeLessThan(width);
      else expect(size.width).toBe(width);
      expect(sizeOfPng(readFileSync(`${FOLDER}/${pictureName(name, width, 'dark')}`))).toEqual(size);
    }
  }
});
