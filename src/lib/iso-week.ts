/** ISO 8601 weeks: from Monday to Sunday, of the year that has their Thursday. */
import type { Day } from '../model/units.ts';
import { dayOf, weekStart } from './calendar.ts';

export interface IsoWeek {
  /** Not always the year of the day: 29 December 2025 is in week 1 of 2026. */
  year: number;
  /** 1 to 53. */
  week: number;
}

export function isoWeek(day: Day): IsoWeek {
  const thursday = weekStart(day) + 3;
  const year = yearOf(thursday);
  return { year, week: Math.floor((thursday - dayOf(Date.UTC(year, 0, 1))) / 7) + 1 };
}

/** The calendar year of a day. */
export function yearOf(day: Day): number {
  return new Date(day * 86_400_000).getUTCFullYear();
}

/** 1 to 12. */
export function monthOf(day: Day): number {
  return new Date(day * 86_400_000).getUTCMonth() + 1;
}
