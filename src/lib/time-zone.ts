/**
 * When a time zone changes its offset. In: an IANA name. Out: changes as [local seconds since 1970, offset in seconds],
 * ascending, from 2010 to 2037; the first holds for everything before. Unknown names are UTC.
 */
const FIRST_YEAR = 2010;
const LAST_YEAR = 2037;
const HOUR = 3_600_000;
/** Each zone is asked once: that takes some milliseconds. */
const known = new Map<string, [since: number, offset: number][]>();

export function zoneChanges(zone: string): [since: number, offset: number][] {
  const changes = known.get(zone) ?? findChanges(zone);
  known.set(zone, changes);
  return changes;
}

function findChanges(zone: string): [since: number, offset: number][] {
  if (zone === 'UTC') return [];
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return [];
  }
  const offsetAt = (time: number) => {
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name);
    if (!match?.[1]) return 0;
    const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
    return match[1] === '-' ? -seconds : seconds;
  };
  const changes: [number, number][] = [];
  const note = (time: number, offset: number) => changes.push([time / 1000 + offset, offset]);
  let offset = offsetAt(Date.UTC(FIRST_YEAR, 0, 1));
  changes.push([-0x80000000, offset]);
  for (let month = 1; month <= (LAST_YEAR - FIRST_YEAR + 1) * 12; month++) {
    const end = Date.UTC(FIRST_YEAR, month, 1);
    if (offsetAt(end) === offset) continue;
    // Within the month, to less than a quarter of an hour after it; it is at one.
    let [low, high] = [Date.UTC(FIRST_YEAR, month - 1, 1), end];
    while (high - low > HOUR / 4) {
      const middle = (low + high) / 2;
      if (offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    const change = Math.floor(high / (HOUR / 4)) * (HOUR / 4);
    offset = offsetAt(end);
    note(change, offset);
  }
  return changes;
}
