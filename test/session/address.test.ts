import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACETS, type Filter, withValue } from '../../src/model/filter.ts';
import { NAME_TYPES } from '../../src/model/repository-name.ts';
import { dayOfIso } from '../../src/lib/calendar.ts';
import {
  type Address,
  BUCKETS,
  COMPARISONS,
  FIRST_ADDRESS,
  readAddress,
  SERIES,
  writeAddress,
  ZONES,
} from '../../src/session/address.ts';
import type { Range } from '../../src/session/range.ts';

const day = fc.integer({ min: dayOfIso('1990-01-01'), max: dayOfIso('2090-01-01') });
/** Not a lone surrogate: no address can hold one. */
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '__proto__', 'a&b=c#d?e+f%', '(private)'),
);
const range: fc.Arbitrary<Range | null> = fc.oneof(
  fc.constant(null),
  fc.constant<Range>({ kind: 'last-month', span: { first: 0, last: 0 } }),
  fc
    .tuple(day, fc.nat(500))
    .map(([first, more]): Range => ({ kind: 'span', span: { first, last: first + more } })),
  day.map((any): Range => {
    const first = any - ((any + 3) % 7);
    return { kind: 'week', span: { first, last: first + 6 } };
  }),
);
const filter: fc.Arbitrary<Filter> = fc
  .array(fc.tuple(fc.constantFrom(...FACETS), value, fc.constantFrom('include' as const, 'exclude' as const)))
  .map((choices) =>
    choices.reduce<Filter>((made, [facet, each, wish]) => withValue(made, facet, each, wish), {}),
  );
const address: fc.Arbitrary<Address> = fc.record({
  route: fc.oneof(
    fc.constantFrom(
      ...(
        ['overview', 'clean-up', 'what-moved', 'storms', 'data', 'export', 'settings', 'about'] as const
      ).map((view) => ({ view })),
    ),
    fc.record({
      view: fc.constant('repository' as const),
      name: value,
      type: fc.constantFrom(...NAME_TYPES),
    }),
  ),
  range,
  filter,
  look: fc.record({
    bucket: fc.constantFrom(...BUCKETS),
    zone: fc.constantFrom(...ZONES),
    comparison: fc.constantFrom(...COMPARISONS),
    together: fc.uniqueArray(value, { maxLength: 5 }),
    left: fc.subarray([...SERIES]),
    kept: fc.subarray([...SERIES]),
  }),
  countSignatures: fc.boolean(),
});

describe('addresses of views', () => {
  it('come back as they were written, whatever names hold', () => {
    fc.assert(
      fc.property(address, (each) => {
        expect(readAddress(writeAddress(each))).toEqual(each);
      }),
    );
  });

  it('are read by people too', () => {
    expect(
      writeAddress({
        route: { view: 'repository', name: 'acme/api', type: 'image' },
        range: { kind: 'span', span: { first: dayOfIso('2025-09-01'), last: dayOfIso('2025-09-30') } },
        filter: {
          country: { included: ['DE'], excluded: [] },
          client: { included: [], excluded: ['kaniko'] },
        },
        look: { ...FIRST_ADDRESS.look, bucket: 'week' },
        countSignatures: false,
      }),
    ).toBe('#/repo/acme%2Fapi?r=2025-09-01..2025-09-30&x=client:kaniko&f=country:DE&g=week');
    expect(readAddress('#/?r=2025-09')?.range).toEqual({
      kind: 'month',
      span: { first: dayOfIso('2025-09-01'), last: dayOfIso('2025-09-30') },
    });
    expect(writeAddress(FIRST_ADDRESS)).toBe('');
    expect(readAddress('')).toEqual(FIRST_ADDRESS);
  });

  it('leave out what they do not know', () => {
    expect(readAddress('#/repo/%E0%A4?r=2025-09-30..2025-09-01&f=colour:red&g=year&cmp=&tz=mars')).toEqual(
      FIRST_ADDRESS,
    );
    expect(readAddress('#/?r=2025-13')?.range).toBeNull();
    expect(readAddress('#format=x:y')).toBeNull();
    expect(readAddress('#content')).toBeNull();
  });
});
