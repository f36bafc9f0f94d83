import { everyDay, type ScheduleKey } from '../../src/store/schedules.ts';

/** What most schedules have alike: every day, as text, for nobody in particular. */
export const usualSchedule = {
  number: 1,
  days: everyDay,
  look: 'text',
  role: null,
  publish: false,
} as const;

/** The first schedule of a server. */
export function firstOf(guild: string): ScheduleKey {
  return { guild, number: 1 };
}
