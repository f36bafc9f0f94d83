import { lastDay } from '../../src/store/posts.ts';
import {
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  type Schedule,
} from '../../src/store/schedules.ts';
import type { Subcommand } from '../core/command.ts';
import { subcommand } from '../core/command.ts';
import { moment } from '../core/markdown.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { nextOccurrence } from '../daily/local-time.ts';
import type { Services } from '../library/services.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { meantBy, scheduleOption } from './daily-choice.ts';

export const dailyPause = stateCommand(
  { name: 'pause', localName: 'pausar', about: ({ commands }) => commands.dailyPause },
  (schedule, { store }) => pauseSchedule(store, schedule),
  (schedules, { daily }) => daily.paused(schedules.length),
);

export const dailyResume = stateCommand(
  { name: 'resume', localName: 'retomar', about: ({ commands }) => commands.dailyResume },
  (schedule, { store, clock }) => {
    if (schedule.paused === null) return;
    const last = lastDay(store, schedule, clock.now());
    resumeSchedule(store, schedule, nextOccurrence(schedule, clock.now(), last));
  },
  (schedules, { daily }, { store, clock }) => {
    const next = schedules.map((schedule) =>
      schedule.paused === null
        ? schedule.next.due
        : nextOccurrence(schedule, clock.now(), lastDay(store, schedule, clock.now())).due,
    );
    return daily.resumed(moment(Math.min(...next), 'full'));
  },
);

export const dailyRemove = stateCommand(
  { name: 'remove', localName: 'remover', about: ({ commands }) => commands.dailyRemove },
  (schedule, { store }) => removeSchedule(store, schedule),
  (_, { daily }) => daily.removed,
);

/** A subcommand that does something to each of the schedules that are meant. */
function stateCommand(
  { name, localName, about }: { name: string; localName: string; about: (words: Words) => string },
  change: (schedule: Schedule, services: Services) => void,
  told: (schedules: readonly Schedule[], words: Words, services: Services) => string,
): Subcommand<Services> {
  return subcommand({
    name,
    localNames: { 'pt-BR': localName },
    description: inAll(about),
    acknowledgement: 'private',
    costly: false,
    options: { schedule: scheduleOption },
    async run({ options, place, locale }, services: Services) {
      const { store, clock } = services;
      const words = wordsFor(locale);
      const guild = place.guildId ?? '';
      const reply = await retryWhileBusy(
        () =>
          store.transaction(() => {
            const meant = meantBy(options.schedule, { store, guild, words });
            if ('type' in meant) return meant;
            const text = told(meant, words, services);
            for (const schedule of meant) change(schedule, services);
            return privateReply(text);
          }),
        clock,
      );
      services.scheduleChanged();
      return reply;
    },
  });
}
