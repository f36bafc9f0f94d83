import { lastDay } from '../../src/store/posts.ts';
import {
  findSchedule,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
} from '../../src/store/schedules.ts';
import { subcommand } from '../core/command.ts';
import { moment } from '../core/markdown.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { nextOccurrence } from '../daily/local-time.ts';
import type { Services } from '../library/services.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

export const dailyPause = subcommand({
  name: 'pause',
  localNames: { 'pt-BR': 'pausar' },
  description: inAll(({ commands }) => commands.dailyPause),
  acknowledgement: 'private',
  costly: false,
  options: {},
  async run({ place, locale }, { store, clock }: Services) {
    const { daily } = wordsFor(locale);
    const guild = place.guildId ?? '';
    const schedule = await retryWhileBusy(() => {
      pauseSchedule(store, guild);
      return findSchedule(store, guild);
    }, clock);
    return privateReply(schedule ? daily.paused : daily.none);
  },
});

export const dailyResume = subcommand({
  name: 'resume',
  localNames: { 'pt-BR': 'retomar' },
  description: inAll(({ commands }) => commands.dailyResume),
  acknowledgement: 'private',
  costly: false,
  options: {},
  async run({ place, locale }, { store, clock, scheduleChanged }: Services) {
    const { daily } = wordsFor(locale);
    const guild = place.guildId ?? '';
    const next = await retryWhileBusy(() => {
      const schedule = findSchedule(store, guild);
      if (schedule?.paused === null || !schedule) return schedule?.next;
      const occurrence = nextOccurrence(schedule, clock.now(), lastDay(store, guild, clock.now()));
      resumeSchedule(store, guild, occurrence);
      return occurrence;
    }, clock);
    if (!next) return privateReply(daily.none);
    scheduleChanged();
    return privateReply(daily.resumed(moment(next.due, 'full')));
  },
});

export const dailyRemove = subcommand({
  name: 'remove',
  localNames: { 'pt-BR': 'remover' },
  description: inAll(({ commands }) => commands.dailyRemove),
  acknowledgement: 'private',
  costly: false,
  options: {},
  async run({ place, locale }, { store, clock }: Services) {
    const { daily } = wordsFor(locale);
    const guild = place.guildId ?? '';
    const schedule = await retryWhileBusy(() => {
      const known = findSchedule(store, guild);
      removeSchedule(store, guild);
      return known;
    }, clock);
    return privateReply(schedule ? daily.removed : daily.none);
  },
});
