/** Which choices of days, clock and bars have an effect on a view; the others are not offered there. */
export interface Choices {
  days: boolean;
  /** Days may begin by the local clock. */
  clock: boolean;
  /** Bars of a chart over time. */
  bars: boolean;
  comparison: boolean;
  filters: boolean;
}

export const ALL_CHOICES: Choices = { days: true, clock: true, bars: true, comparison: true, filters: true };
