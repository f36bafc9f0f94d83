import { bookNamed, books } from '../../data/books.ts';
import { command } from '../core/command.ts';
import type { Library } from '../library/library.ts';
import type { Services } from '../library/services.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { answerTyped } from './answer-typed.ts';
import { modelOption, quoted, seedOption, temperatureOption } from './options.ts';

const usualLines = 3;

/** Continues a seed with the network of a text that is none of the books. */
export const write = command({
  name: 'write',
  localNames: { 'pt-BR': 'escrever' },
  description: inAll(({ commands }) => commands.write),
  example: inAll(({ examples }) => examples.write),
  where: 'everywhere',
  who: 'everyone',
  acknowledgement: 'public',
  costly: true,
  options: {
    corpus: {
      type: 'text',
      required: true,
      localNames: { 'pt-BR': 'texto' },
      description: inAll(({ options }) => options.corpus),
      maximumLength: 32,
      complete: async ({ text }, services: Services) =>
        (await otherTexts(services.library))
          .filter((name) => name.includes(text.trim().toLowerCase()))
          .map((name) => ({ name, value: name })),
    },
    seed: seedOption,
    lines: {
      type: 'integer',
      localNames: { 'pt-BR': 'linhas' },
      description: inAll(({ options }) => options.lines),
      minimum: 1,
      maximum: 8,
    },
    temperature: temperatureOption,
    model: modelOption(({ options }) => String(options.corpus ?? '')),
  },
  isOffered: async ({ library }: Services) => (await otherTexts(library)).length > 0,
  async run(request, services: Services, show) {
    const { corpus, lines = usualLines } = request.options;
    const known = await otherTexts(services.library);
    const name = corpus.trim().toLowerCase();
    if (known.includes(name)) return answerTyped(name, lines, request, services, show);
    const { refusals } = wordsFor(request.locale);
    const others = books.map(({ commandNames }) => `/${commandNames[request.locale]}`);
    return privateReply(refusals.noSuchCorpus(quoted(corpus), known, others));
  },
});

/** The texts that a network has learned, without the books that have commands of their own. */
async function otherTexts(library: Library): Promise<string[]> {
  return (await library.served()).filter((name) => bookNamed(name) === undefined);
}
