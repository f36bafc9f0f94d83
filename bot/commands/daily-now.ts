import { findSchedule } from '../../src/store/schedules.ts';
import { subcommand } from '../core/command.ts';
import { escapeMarkdown } from '../core/markdown.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { textForNow } from '../daily/daily-text.ts';
import type { Services } from '../library/services.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

export const dailyNow = subcommand({
  name: 'now',
  localNames: { 'pt-BR': 'agora' },
  description: inAll(({ commands }) => commands.dailyNow),
  acknowledgement: 'private',
  costly: true,
  options: {},
  async run({ id, place, locale }, services: Services) {
    const { daily } = wordsFor(locale);
    const { store, clock } = services;
    const guild = place.guildId ?? '';
    const schedule = await retryWhileBusy(() => findSchedule(store, guild), clock);
    if (!schedule) return privateReply(daily.none);
    const made = await textForNow(schedule, services);
    if ('nothing' in made) return privateReply(made.nothing);
    const outcome = await services.poster().post(schedule.channel, made, id);
    const channel = `<#${schedule.channel}>`;
    switch (outcome.type) {
      case 'sent':
        return privateReply(daily.posted(channel));
      case 'refused':
        return privateReply(
          daily.notPosted(
            channel,
            outcome.why === 'other' ? escapeMarkdown(outcome.reason) : daily.refusal[outcome.why],
          ),
        );
      case 'unsure':
        return privateReply(daily.maybePosted(channel));
    }
  },
});
