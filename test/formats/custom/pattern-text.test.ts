import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPattern, writePattern } from '../../../src/formats/custom/pattern-text.ts';
import { readPastedFormat } from '../../../src/formats/custom/read-pasted-format.ts';
import { LINE_FIELDS } from '../../../src/model/line-pattern.ts';
import type { LineField, LinePattern } from '../../../src/model/line-pattern.ts';

const literal = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .map((text) => text.replace(/[\u0000\n\r]|[\ud800-\udfff]/g, '') || ' ');

/** Fields in any order, a time and a request among them, with anything skipped between. */
const fields = fc
  .tuple(
    fc.subarray(LINE_FIELDS.filter((field) => !['skip', 'time', 'request'].includes(field))),
    fc.array(fc.constant<LineField>('skip'), { maxLength: 5 }),
  )
  .chain(([some, skips]) => {
    const all: LineField[] = ['time', 'request', ...some, ...skips];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

const textPattern: fc.Arbitrary<LinePattern> = fields.chain((all) =>
  fc
    .tuple(
      fc.array(literal, { minLength: all.length + 1, maxLength: all.length + 1 }),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([literals, begins, ends]) => ({
      kind: 'text' as const,
      tokens: [
        ...(begins ? [{ literal: literals[0]! }] : []),
        ...all.flatMap((field, index) =>
          index < all.length - 1 || ends ? [{ field }, { literal: literals[index + 1]! }] : [{ field }],
        ),
      ],
    })),
);

const jsonPattern: fc.Arbitrary<LinePattern> = fields.chain((all) =>
  fc.uniqueArray(literal, { minLength: all.length, maxLength: all.length }).map((keys) => ({
    kind: 'json' as const,
    keys: all.map((field, index) => ({ key: keys[index]!, field })),
  })),
);

test('every pattern comes back as it was', () => {
  fc.assert(
    fc.property(fc.oneof(textPattern, jsonPattern), (pattern) => {
      const written = writePattern(pattern);
      expect(written).toMatch(/^[A-Za-z0-9_.~*-]+$/);
      // Nothing in it has a meaning in a URL or is rewritten there.
      expect(new URL(`https://example.org/#${written}`).hash).toBe(`#${written}`);
      fc.pre(written.length <= 4000);
      expect(readPattern(written)).toEqual(pattern);
    }),
  );
});

test('any text gives null or a pattern that is written the same', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'tj*~.xcftrmuswadz07fg"%<\n '), maxLength: 60 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        hostile,
        hostile.map((text) => `t*t.*r${text}`),
      ),
      (text) => {
        const pattern = readPattern(text);
        if (pattern) expect(readPattern(writePattern(pattern))).toEqual(pattern);
      },
    ),
    { numRuns: 2000 },
  );
});

test('what texts look like', () => {
  const [main] = readPastedFormat(
    `log_format main '$remote_addr - $remote_user [$time_local] "$request" $status "$http_user_agent"';`,
  ).formats;
  expect(writePattern(main!.pattern)).toBe('t*c.-.*x.~5b*t~5d.~22*r~22.*s.~22*a~22');
  const [json] = readPastedFormat(
    `log_format j '{"t":"$msec","r":{"uri":"$request_uri","m":"$request_method"},"c":"$remote_addr"}';`,
  ).formats;
  expect(writePattern(json!.pattern)).toBe('j*tt*ur~2euri*mr~2em*cc');
});

test.each([
  ['nothing', ''],
  ['only a kind', 't'],
  ['another kind', 'q*t.*r'],
  ['an unknown field', 't*t.*r.*z'],
  ['no time', 't*c.*r'],
  ['no request', 't*c.*t'],
  ['a field twice', 't*t.*r.*s.*s'],
  ['fields side by side', 't*t*r'],
  ['a line break', 't*t~0a*r'],
  ['a zero byte', 't*t~00*r'],
  ['bytes that are no UTF-8', 't*t~ff*r'],
  ['a character that needs no tilde but has half of one', 't*t~4*r'],
  ['markup', 't*t<img>*r'],
  ['a percent sign', 't*t%20*r'],
  ['a key without a field', 'jt*rr'],
  ['a field without a key', 'j*tt*r'],
  ['a key twice', 'j*tt*rt'],
  ['too much', `t*t${'-'.repeat(4000)}*r`],
  ['too many', `t*t.*r${'.*x'.repeat(120)}`],
])('%s is refused', (_, text) => {
  expect(readPattern(text)).toBeNull();
});
