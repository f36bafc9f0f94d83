import type { Exchange } from '../../src/store/exchanges.ts';
import { forgetGuild } from '../../src/store/guilds.ts';
import type { Round } from '../../src/store/rounds.ts';
import { forgetSetter } from '../../src/store/schedules.ts';
import { type CommandGroup, subcommand } from '../core/command.ts';
import { privately, serversOnly } from '../core/refusals.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import type { Services } from '../library/services.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

const privacyShow = subcommand({
  name: 'show',
  localNames: { 'pt-BR': 'mostrar' },
  description: inAll(({ commands }) => commands.privacyShow),
  acknowledgement: 'private',
  costly: false,
  options: {},
  run: async ({ locale }, _: Services) => privateReply(wordsFor(locale).privacy.policy),
});

const privacyExport = subcommand({
  name: 'export',
  localNames: { 'pt-BR': 'exportar' },
  description: inAll(({ commands }) => commands.privacyExport),
  acknowledgement: 'private',
  costly: false,
  options: {},
  async run({ asker, locale }, { exchanges, rounds, clock }: Services) {
    const words = wordsFor(locale);
    const now = clock.now();
    const texts = await exchanges.of(asker.userId);
    const played = await rounds.of(asker.userId);
    const count = Object.values(played).reduce((sum, { length }) => sum + length, 0);
    if (texts.length + count === 0) return privateReply(words.privacy.nothing);
    const kept = {
      texts: texts.map(dated),
      ...played,
      rounds: played.rounds.map((round) => dated(round.ends > now ? unsolved(round) : round)),
    };
    const data = Buffer.from(JSON.stringify(kept, null, 2));
    return {
      ...privateReply(words.privacy.exported(texts.length, count > 0)),
      file: { name: 'escriba.json', type: 'application/json', data },
    };
  },
});

const privacyDelete = subcommand({
  name: 'delete',
  localNames: { 'pt-BR': 'apagar' },
  description: inAll(({ commands }) => commands.privacyDelete),
  acknowledgement: 'private',
  costly: false,
  options: {
    what: {
      type: 'text',
      localNames: { 'pt-BR': 'dados' },
      description: inAll(({ options }) => options.what),
      choices: [
        { value: 'mine', name: inAll(({ choices }) => choices.mine) },
        { value: 'server', name: inAll(({ choices }) => choices.server) },
      ],
    },
  },
  async run({ options, asker, place, locale }, { exchanges, rounds, store, clock }: Services) {
    const { privacy: words } = wordsFor(locale);
    if (options.what === 'server') {
      const { guildId } = place;
      if (guildId === null) return privately(serversOnly, locale);
      // Discord lets everybody use this command.
      if (!asker.mayManageServer) return privateReply(words.notYours);
      await exchanges.settled();
      await retryWhileBusy(() => forgetGuild(store, guildId), clock);
      return privateReply(words.serverDeleted);
    }
    const texts = await exchanges.forgetAllOf(asker.userId);
    const hasPlayed = (await rounds.forgetAllOf(asker.userId)) > 0;
    const schedules = await retryWhileBusy(() => forgetSetter(store, asker.userId), clock);
    if (texts > 0 || hasPlayed) return privateReply(words.deleted(texts, hasPlayed));
    return privateReply(schedules > 0 ? words.deletedId : words.nothing);
  },
});

/** What the bot keeps of anyone: told, given out, deleted. */
export const privacy: CommandGroup<Services> = {
  name: 'privacy',
  localNames: { 'pt-BR': 'privacidade' },
  description: inAll(({ commands }) => commands.privacy),
  example: inAll(({ examples }) => examples.privacy),
  where: 'everywhere',
  who: 'everyone',
  subcommands: [privacyShow, privacyExport, privacyDelete],
};

/** A round that is still open, without what tells which of its two is real. */
function unsolved(round: Round): Pick<Round, 'created'> & { readonly texts: readonly string[] } {
  const { place, real, invented, realFirst, realBits, inventedBits, ...rest } = round;
  return { ...rest, texts: realFirst ? [real, invented] : [invented, real] };
}

/** What is given out, with the moment as a person reads it. */
function dated({ created, ...rest }: Pick<Exchange, 'created'>): object {
  return { ...rest, created: new Date(created).toISOString() };
}
