import { everyDay, type Occurrence } from '../../src/store/schedules.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A time of the day as people write it (`8:30`, `08h30`, `8 pm`) as `08:30`; null where it is none. */
export function readTime(typed: string): string | null {
  const form = /^\s*(\d{1,2})(?:\s*[:hH.]\s*(\d{2})?)?\s*(am|pm)?\s*$/i;
  const [, hours, minutes = '0', half] = form.exec(typed) ?? [];
  if (hours === undefined) return null;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59) return null;
  return `${String(hour).padStart(2, '0')}:${minutes.padStart(2, '0')}`;
}

/**
 * When a day's time is: the first moment at which the zone's clock has come to it. A time that does not exist that day
 * is at the first moment after the gap, one that comes twice is at its first.
 *
 * @param date - `2026-01-31`
 * @param time - `08:30`
 */
export function momentOf(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const [before, after] = [wall - offsetAt(wall - day, zone), wall - offsetAt(wall + day, zone)];
  const candidates = [Math.min(before, after), Math.max(before, after)] as const;
  for (const candidate of candidates) if (wallAt(candidate, zone) === wall) return candidate;
  // The clock jumps over it between the two: at a whole minute.
  let [low, high] = candidates;
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / 2 / minute) * minute;
    if (wallAt(middle, zone) >= wall) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * The first of the days of the week whose time is later than a moment, and which is later than a day.
 *
 * @param afterDay - `2026-01-31`, null where any day will do
 */
export function nextOccurrence(
  { time, zone, days = everyDay }: Times,
  after: number,
  afterDay: string | null,
): Occurrence {
  // A time that a gap moves past midnight belongs to the day before.
  let at = Date.parse(dayAt(after, zone)) - day;
  for (;;) {
    const date = new Date(at).toISOString().slice(0, 10);
    if ((afterDay === null || date > afterDay) && isOn(date, days)) {
      const due = momentOf(date, time, zone);
      if (due > after) return { day: date, due };
    }
    at += day;
  }
}

/** When something comes: the time of the day, the zone, and the days of the week as `everyDay` has them. @default every day */
interface Times {
  readonly time: string;
  readonly zone: string;
  readonly days?: number;
}

function isOn(date: string, days: number): boolean {
  // Sunday's number is 0 there, and its bit the last one here.
  const place = (new Date(date).getUTCDay() + 6) % 7;
  return (days & (1 << place)) !== 0;
}

/** The day that a zone's calendar has: `2026-01-31`. */
export function dayAt(at: number, zone: string): string {
  return new Date(wallAt(at, zone)).toISOString().slice(0, 10);
}

/** What a zone's clock and calendar show, as if it were UTC. */
function wallAt(at: number, zone: string): number {
  return at + offsetAt(at, zone);
}

/** How much a zone's clock is ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  // `1/31/2026, GMT-03:00`; in parts it would take twice as long.
  const form = /([+-])(\d\d):(\d\d)/;
  const [, sign, hours = 0, minutes = 0] = form.exec(formatOf(zone).format(at)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
}

/** @throws RangeError where there is no such zone */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  return format;
}
