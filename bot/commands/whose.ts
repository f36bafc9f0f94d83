import { scoreAsPassage } from '../../src/sample/score-as-passage.ts';
import { preparePrompt } from '../../src/text/prompt.ts';
import { sharedCharacters } from '../../src/text/tokenizer/shared-characters.ts';
import { command } from '../core/command.ts';
import { small } from '../core/markdown.ts';
import type { MessageReply } from '../core/reply.ts';
import type { Services } from '../library/services.ts';
import { markSurprises } from '../library/surprises.ts';
import { passagesOf, titleAtBeginning, titleOf } from '../library/texts.ts';
import { verdictOf } from '../library/verdict.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

/** The most characters that are compared, so that they fit into the answer. */
export const longestText = 700;

/** Which of the books a text sounds like. */
export const whose = command({
  name: 'whose',
  localNames: { 'pt-BR': 'de-quem' },
  description: inAll(({ commands }) => commands.whose),
  example: inAll(({ examples }) => examples.whose),
  where: 'everywhere',
  who: 'everyone',
  acknowledgement: 'public',
  costly: true,
  options: {
    text: {
      type: 'text',
      required: true,
      localNames: { 'pt-BR': 'texto' },
      description: inAll(({ options }) => options.text),
      minimumLength: 1,
      maximumLength: longestText,
    },
  },
  run: (request, services: Services) =>
    whoseIs(request.options.text, wordsFor(request.locale), services),
});

/** Which of the books a text sounds like, in words. */
export async function whoseIs(
  typed: string,
  words: Words,
  services: Services,
): Promise<MessageReply> {
  const networks = await servingNetworks(services);
  if (networks.length === 0) return privateReply(words.refusals.noNetworks);
  const shared = sharedCharacters(networks.map(({ network }) => network.tokenizer));
  const { text } = preparePrompt(typed.trim(), shared);
  if (text.trim() === '') return privateReply(words.refusals.unknownCharacters);
  const scores = await Promise.all(
    networks.map(async ({ corpus, network }) => {
      const borrowed = await services.library.borrow(network);
      try {
        const { typicalReference } = passagesOf(corpus);
        return { corpus, score: await scoreAsPassage(text, typicalReference, borrowed.score) };
      } finally {
        borrowed.release();
      }
    }),
  );
  scores.sort((one, other) => one.score.bitsPerCharacter - other.score.bitsPerCharacter);
  const [likeliest] = scores;
  if (!likeliest) return privateReply(words.refusals.noNetworks);
  const { score } = likeliest;
  const [first = '', second = ''] = scores.map(({ corpus }) => titleOf(corpus, words));
  const verdict = verdictOf(
    scores.map((each) => each.score.bitsPerCharacter),
    score.characters,
  );
  const said = {
    likeliest: () => (scores.length > 1 ? words.whose.likeliest(first) : words.whose.only(first)),
    'hard-to-tell': () => words.whose.hardToTell(first, second),
    neither: () => words.whose.neither(scores.length),
  };
  const lines = [
    said[verdict](),
    ...scores.map(
      (each, place) =>
        `${place + 1}. ${words.whose.figure(titleAtBeginning(each.corpus, words), each.score.bitsPerCharacter)}`,
    ),
    words.whose.surprising,
    markSurprises(score.tokens)
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n'),
    small([words.whose.explained(score.characters)]),
  ];
  return { type: 'message', private: false, text: lines.join('\n') };
}

/** The network that serves each corpus. */
async function servingNetworks({ library }: Services) {
  const networks = await Promise.all(
    (await library.served()).map(async (corpus) => ({
      corpus,
      network: await library.serving(corpus),
    })),
  );
  return networks.flatMap(({ corpus, network }) => (network ? [{ corpus, network }] : []));
}
