import { command } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

/** What the bot keeps of anyone. */
export const privacy = command({
  name: 'privacy',
  localNames: { 'pt-BR': 'privacidade' },
  description: inAll(({ commands }) => commands.privacy),
  where: 'everywhere',
  who: 'everyone',
  acknowledgement: 'private',
  costly: false,
  options: {},
  run: async ({ locale }, _: Services) => privateReply(wordsFor(locale).privacy),
});
