import { command } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { inAll } from '../words/words.ts';
import { answerTyped } from './answer-typed.ts';
import { modelOption, seedOption, temperatureOption } from './options.ts';

const usualVerses = 2;

/** The network of the Bible goes on from some words. */
export const bible = command({
  name: 'bible',
  localNames: { 'pt-BR': 'biblia' },
  description: inAll(({ commands }) => commands.bible),
  where: 'everywhere',
  who: 'everyone',
  acknowledgement: 'public',
  costly: true,
  options: {
    seed: seedOption,
    verses: {
      type: 'integer',
      localNames: { 'pt-BR': 'versiculos' },
      description: inAll(({ options }) => options.verses),
      minimum: 1,
      maximum: 8,
    },
    temperature: temperatureOption,
    model: modelOption(() => 'bible'),
  },
  run: (request, services: Services) =>
    answerTyped('bible', request.options.verses ?? usualVerses, request, services),
});
