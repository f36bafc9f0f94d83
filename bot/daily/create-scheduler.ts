import type { Log } from '../core/log.ts';
import { failure } from '../core/log.ts';
import type { Poster } from '../core/posting.ts';
import { Refused } from '../core/refusals.ts';
import type { Services } from '../library/services.ts';
import { pictureOf } from './card-picture.ts';
import { textForDay, wordsOf } from './daily-text.ts';
import { Delivery } from './delivery.ts';
import { latest, Scheduler } from './scheduler.ts';

/** The scheduler of the bot's own texts. `unique` gives a text that no other call gives. */
export function createScheduler(
  services: Services,
  poster: Poster,
  log: Log,
  unique: () => string,
): Scheduler {
  const { store, clock, counters } = services;
  const newNonce = () => unique().replaceAll('-', '').slice(0, 25);
  const delivery = new Delivery({
    ...{ store, poster, clock, log, newNonce, latest },
    async draw(card) {
      try {
        return await pictureOf(card);
      } catch (error) {
        log.error(
          failure(error),
          'The picture of a daily post could not be drawn; it goes without.',
        );
        return undefined;
      }
    },
    pausedWords(schedule, why) {
      const { daily } = wordsOf(schedule, services.inServer(schedule.guild).settings);
      const channel = `<#${schedule.channel}>`;
      return why === 'channel-gone' ? daily.toldGone : daily.toldPaused(channel);
    },
    onPosted: () => {
      counters.posts++;
    },
  });
  return new Scheduler({
    ...{ store, delivery, clock, log, newNonce },
    async textFor(schedule, day) {
      try {
        return await textForDay(schedule, day, services);
      } catch (error) {
        const words = wordsOf(schedule, services.inServer(schedule.guild).settings);
        if (error instanceof Refused) return { nothing: error.words[words.language] };
        log.error(failure(error), 'The text of a daily post could not be written.');
        return { nothing: words.daily.notMade };
      }
    },
  });
}
