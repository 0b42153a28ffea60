import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLAG_DIGEST, FLAG_SIGNATURE } from '../../src/model/segment.ts';
import { readRequests } from '../helpers/read-requests.ts';

const HEX = '0123456789abcdefABCDEF';
/** Right beside the digits and letters that count, or another by one bit. */
const NEAR = '/:@G`gPvX._-';

const hex = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...HEX), minLength, maxLength });
/** Digits that are hexadecimal but for one, or all of them. */
const digits = fc
  .tuple(hex(28, 140), fc.nat(), fc.constantFrom(...NEAR.replace('/', ''), ''))
  .map(([text, at, other]) => {
    const place = at % text.length;
    return other ? text.slice(0, place) + other + text.slice(place + 1) : text;
  });
const signatureDigits = fc.oneof(digits, hex(64, 64));
const references = fc.oneof(
  digits.map((text) => `sha256:${text}`),
  digits.map((text) => `sha512+b64:${text}`),
  fc
    .tuple(signatureDigits, fc.constantFrom('', '.sig', '.att', '.sbom', '.sbon'))
    .map(([text, end]) => `sha256-${text}${end}`),
);

/** The same, said by regular expressions. */
function flagOf(reference: string): number {
  if (/^[a-z0-9]+([+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/.test(reference)) return FLAG_DIGEST;
  return /^sha256-[0-9a-fA-F]{64}(\.sig|\.att|\.sbom)?$/.test(reference) ? FLAG_SIGNATURE : 0;
}

test.each(['wasm', 'javascript'] as const)(
  '%s: digests and signatures are what has hexadecimal digits alone',
  async (kernel) => {
    await fc.assert(
      fc.asyncProperty(fc.array(references, { minLength: 20, maxLength: 60 }), async (list) => {
        const lines = list.map(
          (reference) =>
            `192.0.2.1 - - [01/Sep/2026:00:00:00 +0000] "GET /v2/app/manifests/${reference} HTTP/1.1" 200 1 "-" "a"\n`,
        );
        const { requests, segment } = await readRequests(lines.join(''), { kernel });
        expect(requests.map(({ reference }) => reference)).toEqual(list);
        const flags = [...segment.requests.flags].map((flag) => flag & (FLAG_DIGEST | FLAG_SIGNATURE));
        expect(flags).toEqual(list.map(flagOf));
      }),
      { numRuns: 30 },
    );
  },
);
