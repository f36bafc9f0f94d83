import type { Schedule } from '../../src/store/schedules.ts';
import { subcommand } from '../core/command.ts';
import { escapeMarkdown } from '../core/markdown.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { pictureOf } from '../daily/card-picture.ts';
import { textForNow } from '../daily/daily-text.ts';
import type { Services } from '../library/services.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { meantBy, scheduleOption } from './daily-choice.ts';

export const dailyNow = subcommand({
  name: 'now',
  localNames: { 'pt-BR': 'agora' },
  description: inAll(({ commands }) => commands.dailyNow),
  acknowledgement: 'private',
  costly: true,
  options: { schedule: scheduleOption },
  async run({ id, options, place, locale }, services: Services) {
    const words = wordsFor(locale);
    const { store, clock } = services;
    const guild = place.guildId ?? '';
    const meant = await retryWhileBusy(
      () => meantBy(options.schedule, { store, guild, words }),
      clock,
    );
    if ('type' in meant) return meant;
    const told: string[] = [];
    for (const schedule of meant) {
      told.push(await postNow(schedule, `${id}${schedule.number}`, services, words));
    }
    return privateReply(told.join('\n'));
  },
});

/** @returns what became of it, in words */
async function postNow(
  schedule: Schedule,
  id: string,
  services: Services,
  { daily }: Words,
): Promise<string> {
  const made = await textForNow(schedule, services);
  if ('nothing' in made) return made.nothing;
  const { card, ...post } = made;
  const picture = card && (await pictureOf(card));
  // A nonce has 25 characters at most.
  const nonce = id.slice(-25);
  const outcome = await services
    .poster()
    .post(schedule.channel, { ...post, ...(picture ? { picture } : {}) }, nonce);
  const channel = `<#${schedule.channel}>`;
  switch (outcome.type) {
    case 'sent':
      return daily.posted(channel);
    case 'refused':
      return daily.notPosted(
        channel,
        outcome.why === 'other' ? escapeMarkdown(outcome.reason) : daily.refusal[outcome.why],
      );
    case 'unsure':
      return daily.maybePosted(channel);
  }
}
