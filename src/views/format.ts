/** Numbers, days and times as people read them: in the browser's language, days in UTC. */
import { type Bytes, type Day, type Milliseconds, MILLISECONDS_PER_DAY } from '../model/units.ts';
import type { DaySpan } from '../model/view.ts';

/** Common spaces break lines; between a number and its unit they must not. */
const HARD_SPACE = '\u00a0';
const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** For one language; without one the browser's own. */
export const createFormats = (locale?: string) => ({ ...numberFormats(locale), ...timeFormats(locale) });

function numberFormats(locale?: string) {
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const signedIntegers = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });
  const signedTenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });

  function bytesIn(value: Bytes, power: number): string {
    const scaled = value / 1000 ** power;
    return power === 0 || scaled >= 100 ? integers.format(scaled) : tenths.format(scaled);
  }

  return {
    integer: (value: number) => integers.format(value),
    tenths: (value: number) => tenths.format(value),
    /** For axes only: 12K. */
    compact: (value: number) => short.format(value),
    percent: (share: number) => `${integers.format(Math.floor(share * 100))} %`,
    /** A share with enough digits not to be rounded to nothing. */
    share(part: number, whole: number): string {
      if (whole === 0) return '–';
      const percent = (part / whole) * 100;
      if (part > 0 && percent < 0.1) return `< ${tenths.format(0.1)}${HARD_SPACE}%`;
      return `${tenths.format(percent)}${HARD_SPACE}%`;
    },
    bytes(value: Bytes): string {
      const power = powerOf(value);
      return `${bytesIn(value, power)}${HARD_SPACE}${BYTE_UNITS[power]}`;
    },
    /** "1.4 of 3.8 GB": both in the unit of the whole. */
    bytesOf(part: Bytes, whole: Bytes): string {
      const power = powerOf(whole);
      return `${bytesIn(part, power)} of ${bytesIn(whole, power)}${HARD_SPACE}${BYTE_UNITS[power]}`;
    },
    signed: (value: number) => signedIntegers.format(value),
    /** +12 %; below ten with a tenth. */
    signedShare(share: number): string {
      const percent = share * 100;
      const digits = Math.abs(percent) < 10 ? signedTenths : signedIntegers;
      return `${digits.format(percent)}${HARD_SPACE}%`;
    },
  };
}

function timeFormats(locale?: string) {
  const utc = { timeZone: 'UTC' } as const;
  const dayAndMonth = { day: 'numeric', month: 'short' } as const;
  const wholeDay = { ...dayAndMonth, year: 'numeric' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const days = new Intl.DateTimeFormat(locale, { ...utc, ...wholeDay });
  const shortDays = new Intl.DateTimeFormat(locale, { ...utc, ...dayAndMonth });
  const weekdays = new Intl.DateTimeFormat(locale, { ...utc, ...wholeDay, weekday: 'short' });
  const daysOfWeek = new Intl.DateTimeFormat(locale, { ...utc, weekday: 'short' });
  const months = new Intl.DateTimeFormat(locale, { ...utc, month: 'long', year: 'numeric' });
  const shortMonths = new Intl.DateTimeFormat(locale, { ...utc, month: 'short', year: '2-digit' });
  const momentsIn = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...wholeDay, ...clock });
  const moments = momentsIn('UTC');
  const seconds = new Intl.DateTimeFormat(locale, { ...utc, ...wholeDay, ...clock, second: '2-digit' });

  return {
    day: (day: Day) => days.format(day * MILLISECONDS_PER_DAY),
    shortDay: (day: Day) => shortDays.format(day * MILLISECONDS_PER_DAY),
    weekday: (day: Day) => weekdays.format(day * MILLISECONDS_PER_DAY),
    /** Mon */
    dayOfWeek: (day: Day) => daysOfWeek.format(day * MILLISECONDS_PER_DAY),
    month: (day: Day) => months.format(day * MILLISECONDS_PER_DAY),
    shortMonth: (day: Day) => shortMonths.format(day * MILLISECONDS_PER_DAY),
    span: ({ first, last }: DaySpan) =>
      days.formatRange(first * MILLISECONDS_PER_DAY, last * MILLISECONDS_PER_DAY),
    /** Two ends of a sentence "from … to …"; the first without its year when the last has the same. */
    ends({ first, last }: DaySpan): [string, string] {
      const year = (day: Day) => new Date(day * MILLISECONDS_PER_DAY).getUTCFullYear();
      const begin = year(first) === year(last) ? shortDays : days;
      return [begin.format(first * MILLISECONDS_PER_DAY), days.format(last * MILLISECONDS_PER_DAY)];
    },
    /** What the clock of a zone shows, and its name: 14:05 UTC. */
    clock: (time: Milliseconds, zone = 'UTC') =>
      `${new Intl.DateTimeFormat(locale, { ...clock, timeZone: zone }).format(time)} ${zone}`,
    momentIn: (time: Milliseconds, zone = 'UTC') =>
      new Intl.DateTimeFormat(locale, { ...dayAndMonth, ...clock, timeZone: zone }).format(time),
    /** With seconds. */
    second: (time: Milliseconds) => seconds.format(time),
    moment(time: Milliseconds, zone?: string): string {
      if (Number.isNaN(time)) return '–';
      return (zone === undefined ? moments : momentsIn(zone)).format(time);
    },
  };
}

export const format = createFormats();

/** Rough on purpose: nobody can promise seconds. */
export function roughDuration(seconds: number): string {
  if (seconds < 10) return 'a few seconds';
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes <= 1 ? 'about a minute' : `about ${minutes} minutes`;
  const hours = Math.round(seconds / 3600);
  return hours === 1 ? 'about an hour' : `about ${hours} hours`;
}

function powerOf(value: Bytes): number {
  const power = value < 1000 ? 0 : Math.floor(Math.log10(value) / 3);
  return Math.min(power, BYTE_UNITS.length - 1);
}
