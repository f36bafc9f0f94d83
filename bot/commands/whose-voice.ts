import type { MessageCommand } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { longestText, whoseIs } from './whose.ts';

/** Which of the books somebody's message sounds like. */
export const whoseVoice: MessageCommand<Services> = {
  name: 'Whose voice?',
  localNames: { 'pt-BR': 'De quem é a voz?' },
  acknowledgement: 'public',
  costly: true,
  async run({ text, locale }, services) {
    const words = wordsFor(locale);
    if (text.trim() === '') return privateReply(words.refusals.noWords);
    return whoseIs([...text.trim()].slice(0, longestText).join(''), words, services);
  },
};
