import { command } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { inAll } from '../words/words.ts';
import { answerTyped } from './answer-typed.ts';
import { modelOption, seedOption, temperatureOption } from './options.ts';

const usualSentences = 3;

/** The network of the Republic goes on from some words. */
export const plato = command({
  name: 'plato',
  localNames: { 'pt-BR': 'platao' },
  description: inAll(({ commands }) => commands.plato),
  where: 'everywhere',
  who: 'everyone',
  acknowledgement: 'public',
  costly: true,
  options: {
    seed: seedOption,
    sentences: {
      type: 'integer',
      localNames: { 'pt-BR': 'frases' },
      description: inAll(({ options }) => options.sentences),
      minimum: 1,
      maximum: 12,
    },
    temperature: temperatureOption,
    model: modelOption(() => 'plato'),
  },
  run: (request, services: Services) =>
    answerTyped('plato', request.options.sentences ?? usualSentences, request, services),
});
