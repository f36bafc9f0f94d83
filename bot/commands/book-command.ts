import type { Book } from '../../data/book.ts';
import { type Command, command } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { answerTyped } from './answer-typed.ts';
import { modelOption, seedOption, temperatureOption } from './options.ts';

/** A book's own command: its network continues some words. */
export function bookCommand({ name, commandNames, about, amounts }: Book): Command<Services> {
  const { en: called, ...localNames } = commandNames;
  const { en: amountCalled, ...amountLocalNames } = amounts.optionNames;
  return command({
    name: called,
    localNames,
    description: about,
    example: {
      en: `/${called} seed:Henrique`,
      'pt-BR': `/${localNames['pt-BR']} ${seedOption.localNames['pt-BR']}:Henrique`,
    },
    where: 'everywhere',
    who: 'everyone',
    acknowledgement: 'public',
    costly: true,
    options: {
      seed: seedOption,
      [amountCalled]: {
        type: 'integer',
        localNames: amountLocalNames,
        description: amounts.about,
        minimum: 1,
        maximum: amounts.largest,
      },
      temperature: temperatureOption,
      model: modelOption(() => name),
    },
    run(request, services: Services, show) {
      const amount = request.options[amountCalled];
      return answerTyped(
        name,
        typeof amount === 'number' ? amount : amounts.usual,
        request,
        services,
        show,
      );
    },
  });
}
