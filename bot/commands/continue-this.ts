import { books } from '../../data/books.ts';
import { usualDraw } from '../../src/sample/draw.ts';
import type { MessageCommand } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { wordsFor } from '../words/words.ts';
import { answerText, privateReply } from './answer-text.ts';

/** Of a longer message, this much of its end is continued. */
const longestSeed = 300;

/** Continues somebody's message, by the network of the first book that has one. */
export const continueThis: MessageCommand<Services> = {
  name: 'Continue this',
  localNames: { 'pt-BR': 'Continuar isto' },
  acknowledgement: 'public',
  costly: true,
  async run(request, services, show) {
    const { refusals } = wordsFor(request.locale);
    const seed = [...request.text.trim()].slice(-longestSeed).join('').trim();
    if (seed === '') return privateReply(refusals.noWords);
    const served = await services.library.served();
    const book = books.find(({ name }) => served.includes(name));
    if (!book) return privateReply(refusals.noNetworks);
    const { usual: amount } = book.amounts;
    const { temperature } = usualDraw;
    const asked = { corpus: book.name, seed, amount, temperature, run: null, continues: false };
    return answerText(asked, request, services, show);
  },
};
