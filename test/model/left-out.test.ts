import { expect, test } from 'vitest';
import { isLeftOut } from '../../src/model/left-out.ts';

test.each([
  '.DS_Store',
  'logs/.git/HEAD',
  '__MACOSX/logs/._a.log',
  'a/Thumbs.db',
  'a/desktop.ini',
  'x/y.JPG',
])('%s is passed over', (path) => expect(isLeftOut(path)).toBe(true));

test.each([
  'access.log',
  './logs/access.log',
  '../a.log',
  'logs/access.log.1',
  'png',
  'a.png.log',
  'x/y.csv',
])('%s is not', (path) => expect(isLeftOut(path)).toBe(false));
