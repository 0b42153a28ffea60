import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'vitest';
import { sha256 } from '../../src/lib/sha256.ts';

test('is what Node computes, whatever was hashed before', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 }), (texts) =>
      texts.every((text) => Buffer.from(sha256(text)).equals(createHash('sha256').update(text).digest())),
    ),
  );
});
