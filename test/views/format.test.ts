import { describe, expect, it } from 'vitest';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { createFormats, roughDuration } from '../../src/views/format.ts';

const format = createFormats('en-GB');
const german = createFormats('de-DE');
const AUGUST = dayOfIso('2026-08-01')!;
const OCTOBER = dayOfIso('2026-10-31')!;

/** Intl puts narrow and hard spaces where readers see a space. */
const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

describe('format', () => {
  it('writes whole numbers in the language', () => {
    expect(format.integer(1234567)).toBe('1,234,567');
    expect(german.integer(1234567)).toBe('1.234.567');
  });

  it('never says 100 % before the end', () => {
    expect(format.percent(0.9999)).toBe('99 %');
    expect(format.percent(1)).toBe('100 %');
  });

  it('writes shares that are small but not nothing', () => {
    expect(plain(format.share(1, 100_000))).toBe('< 0.1 %');
    expect(plain(format.share(0, 10))).toBe('0 %');
    expect(plain(format.share(5, 8))).toBe('62.5 %');
    expect(format.share(0, 0)).toBe('–');
  });

  it('writes bytes', () => {
    expect(plain(format.bytes(999))).toBe('999 bytes');
    expect(plain(format.bytes(3_812_004))).toBe('3.8 MB');
    expect(plain(format.bytes(10_000_000_000_000_000))).toBe('10,000 TB');
    expect(plain(format.bytesOf(1.4e9, 3.8e9))).toBe('1.4 of 3.8 GB');
    expect(plain(format.bytesOf(0, 560e6))).toBe('0 of 560 MB');
  });

  it('writes days in UTC', () => {
    expect(format.day(AUGUST)).toBe('1 Aug 2026');
    expect(plain(format.span({ first: AUGUST, last: OCTOBER }))).toBe('1 Aug – 31 Oct 2026');
    expect(format.ends({ first: AUGUST, last: OCTOBER })).toEqual(['1 Aug', '31 Oct 2026']);
    expect(format.ends({ first: AUGUST, last: AUGUST + 300 })[0]).toBe('1 Aug 2026');
    expect(format.month(AUGUST)).toBe('August 2026');
    expect(format.weekday(AUGUST)).toMatch(/Sat,? 1 Aug 2026/);
    expect(format.moment(AUGUST * 86_400_000)).toBe('1 Aug 2026, 00:00');
    expect(format.moment(NaN)).toBe('–');
  });

  it('guesses time roughly', () => {
    expect(roughDuration(3)).toBe('a few seconds');
    expect(roughDuration(32)).toBe('about 35 seconds');
    expect(roughDuration(62)).toBe('about a minute');
    expect(roughDuration(600)).toBe('about 10 minutes');
    expect(roughDuration(4000)).toBe('about an hour');
    expect(roughDuration(9000)).toBe('about 3 hours');
  });
});
