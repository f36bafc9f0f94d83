import { bookNamed, books } from '../../data/books.ts';
import { type Language, languages } from '../../data/language.ts';
import { type Choice, type Round, realChoice, type Vote } from '../../src/store/rounds.ts';
import { type ButtonHandler, type CommandGroup, subcommand } from '../core/command.ts';
import { escapeMarkdown, moment, small } from '../core/markdown.ts';
import type { Message, MessageReply, Reply } from '../core/reply.ts';
import type { Request } from '../core/request.ts';
import { realAndInvented } from '../library/real-and-invented.ts';
import { emphasized } from '../library/real-passage.ts';
import type { Services } from '../library/services.ts';
import { passagesOf, titleAtBeginning, titleOf } from '../library/texts.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

/** How long everybody may choose, in milliseconds. */
const openFor = 60_000;
/** How many of a server's players are named, and of those who chose in a round. */
const mostNamed = 10;

const gamePlay = subcommand({
  name: 'play',
  localNames: { 'pt-BR': 'jogar' },
  description: inAll(({ commands }) => commands.gamePlay),
  acknowledgement: 'public',
  costly: true,
  options: {
    book: {
      type: 'text',
      localNames: { 'pt-BR': 'livro' },
      description: inAll(({ options }) => options.book),
      choices: books.map(({ name, titles }) => ({ value: name, name: titles })),
    },
  },
  async run(request, services: Services) {
    const served = await services.library.served();
    const usual = books.find(({ name }) => served.includes(name)) ?? books[0];
    const book = request.options.book ?? usual?.name ?? '';
    return newRound(book, { ...request, options: {} }, services);
  },
});

const gameScores = subcommand({
  name: 'scores',
  localNames: { 'pt-BR': 'placar' },
  description: inAll(({ commands }) => commands.gameScores),
  acknowledgement: 'public',
  costly: true,
  options: {},
  async run({ place, asker, locale }, { rounds }: Services) {
    const { game } = wordsFor(locale);
    if (place.guildId === null || !place.isInstalled) return privateReply(game.noScoresHere);
    const scores = await rounds.scores(place.guildId);
    if (scores.length === 0) return privateReply(game.noScores);
    const line = (rank: number) => {
      const score = scores[rank];
      return score ? [game.score(rank + 1, `<@${score.player}>`, score.won, score.played)] : [];
    };
    const own = scores.findIndex(({ player }) => player === asker.userId);
    const shown = Array.from({ length: mostNamed }, (_, rank) => rank).flatMap(line);
    const lines = [
      `**${game.scores}**`,
      ...shown,
      ...(own >= mostNamed ? ['…', ...line(own)] : []),
    ];
    return { type: 'message', private: false, text: lines.join('\n') };
  },
});

/** "Real or invented?": a real passage and one that a network invented, and who can tell them apart. */
export const game: CommandGroup<Services> = {
  name: 'game',
  localNames: { 'pt-BR': 'jogo' },
  description: inAll(({ commands }) => commands.game),
  example: inAll(({ examples }) => examples.game),
  where: 'everywhere',
  who: 'everyone',
  subcommands: [gamePlay, gameScores],
};

/** Another round of the same book. */
export const anotherRound: ButtonHandler<Services> = {
  name: 'round',
  acknowledgement: 'public',
  costly: true,
  async press(request, book, services) {
    if (!bookNamed(book)) return privateReply(wordsFor(request.locale).refusals.forgotten);
    return newRound(book, request, services);
  },
};

/**
 * Somebody says which one is real, and is told at once whether it is, they alone. Outside servers nobody else is there
 * to choose: then the message tells.
 */
export const vote: ButtonHandler<Services> = {
  name: 'vote',
  acknowledgement: 'silent',
  costly: false,
  async press({ asker, place, locale }, argument, services): Promise<Reply> {
    const words = wordsFor(locale);
    const { rounds } = services;
    const [, id = '', chosen] = /^([^:]+):([12])$/.exec(argument) ?? [];
    const round = await rounds.find(id);
    if (!round || round.channel !== place.channelId) return privateReply(words.refusals.forgotten);
    const choice: Choice = chosen === '1' ? 1 : 2;
    const outcome = await rounds.vote(round, { player: asker.userId, choice });
    switch (outcome.type) {
      case 'late':
        return { type: 'update', ...(await told(round, services)) };
      case 'chosen':
        return privateReply(words.game.chosen(outcome.before));
      case 'counted':
        if (place.guildId === null) return { type: 'update', ...(await told(round, services)) };
        return privateReply(await toldTo(choice, round, services, words));
    }
  },
};

async function newRound(book: string, request: Request, services: Services): Promise<MessageReply> {
  const { locale, place, asker, id } = request;
  const { library, rounds, clock, random } = services;
  const words = wordsFor(locale);
  const source = await library.text(book);
  if (source === null) return privateReply(words.refusals.noText(titleOf(book, words), book));
  const network = await library.serving(book);
  if (network === null) return privateReply(words.refusals.noNetwork(titleOf(book, words)));
  const played = await rounds.placesPlayed(place.channelId, book);
  const pair = await realAndInvented(source, network, played, services);
  if (pair === null) return privateReply(words.game.notMade);
  const created = clock.now();
  const round: Round = {
    ...{ ...pair, id, locale, created, corpus: book, channel: place.channelId },
    guild: place.isInstalled ? place.guildId : null,
    asker: asker.userId,
    realFirst: random() < 0.5,
    ends: created + openFor,
  };
  await rounds.record(round);
  const heading = headingOf(round, words);
  const texts = textsOf(round).flatMap(({ choice, markdown }) => [`**${choice}** ${markdown}`, '']);
  return {
    type: 'message',
    private: false,
    text: [heading, '', ...texts, words.game.question(moment(round.ends, 'from now'))].join('\n'),
    buttons: ([1, 2] as const).map((choice) => ({
      id: `vote:${id}:${choice}`,
      label: words.game.isReal(choice),
      style: 'primary',
    })),
    async later(signal) {
      await clock.sleep(round.ends - clock.now(), signal);
      return (await rounds.find(id)) ? told(round, services) : null;
    },
  };
}

/** The message once the answer is told, in the language that it began in. */
async function told(round: Round, services: Services): Promise<Message> {
  const words = wordsFor(languageOf(round));
  const { game, written, buttons } = words;
  const votes = await services.rounds.votes(round.id);
  const reference = await citationOf(round, services, words);
  const disclaimer = bookNamed(round.corpus)?.disclaimer[words.language] ?? written.disclaimer;
  const lines = textsOf(round).flatMap(({ choice, markdown, isReal, bits }) => {
    const origin = isReal ? game.real(reference) : written.by(disclaimer, round.network, round.run);
    return [`**${choice}** ${markdown}`, small([`${origin} · ${written.bits(bits)}`]), ''];
  });
  return {
    text: [headingOf(round, words), '', ...lines, tally(votes, round, words)].join('\n'),
    buttons: [
      { id: `round:${round.corpus}`, label: game.another, style: 'primary' },
      { id: `delete:${round.id}`, label: buttons.delete, style: 'danger' },
    ],
  };
}

/** What somebody who has just chosen is told. */
async function toldTo(
  choice: Choice,
  round: Round,
  services: Services,
  words: Words,
): Promise<string> {
  const { game, written } = words;
  const isRight = choice === realChoice(round);
  const disclaimer = bookNamed(round.corpus)?.disclaimer[words.language] ?? written.disclaimer;
  const answer = (isRight ? game.right : game.wrong)(
    realChoice(round),
    await citationOf(round, services, words),
    disclaimer,
  );
  return `${answer}\n${small([game.surprise(textsOf(round).map(({ bits }) => bits))])}`;
}

async function citationOf(
  { corpus, place }: Round,
  { library }: Services,
  words: Words,
): Promise<string> {
  const source = await library.text(corpus);
  if (source === null) return titleAtBeginning(corpus, words);
  return passagesOf(corpus).cite(source.passages, place, words.language);
}

function headingOf({ corpus }: Round, words: Words): string {
  return `**${words.game.title}** · ${titleAtBeginning(corpus, words)}`;
}

/** The two as they stand. */
function textsOf(round: Round) {
  const markdown = (text: string) => emphasized(escapeMarkdown(text));
  const real = { isReal: true, markdown: markdown(round.real), bits: round.realBits };
  const invented = {
    isReal: false,
    markdown: markdown(round.invented),
    bits: round.inventedBits,
  };
  const [first, second] = round.realFirst ? [real, invented] : [invented, real];
  return [
    { choice: 1, ...first },
    { choice: 2, ...second },
  ];
}

/** Who saw it, and who was fooled. */
function tally(votes: readonly Vote[], round: Round, { game, whole, list }: Words): string {
  if (votes.length === 0) return game.nobodyChose;
  const named = (players: readonly Vote[]) =>
    list([
      ...players.slice(0, mostNamed).map(({ player }) => `<@${player}>`),
      ...(players.length > mostNamed ? [`+${whole(players.length - mostNamed)}`] : []),
    ]);
  const saw = votes.filter(({ choice }) => choice === realChoice(round));
  const fooled = votes.filter(({ choice }) => choice !== realChoice(round));
  return [
    ...(saw.length > 0 ? [game.saw(named(saw))] : []),
    ...(fooled.length > 0 ? [game.fooled(named(fooled))] : []),
  ].join(' ');
}

function languageOf({ locale }: Round): Language {
  return languages.find((each) => each === locale) ?? 'en';
}
