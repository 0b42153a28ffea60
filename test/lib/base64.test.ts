import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfBase64 } from '../../src/lib/base64.ts';

const base64Of = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

test('bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(bytesOfBase64(base64Of(bytes), {})).toEqual(bytes);
    }),
  );
});

test('what the browser has is asked', () => {
  const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text.toLowerCase()));
  expect(bytesOfBase64('ABCD', { fromBase64 })).toEqual(new Uint8Array(Buffer.from('abcd')));
});
