import type { Exchange } from '../../src/store/exchanges.ts';
import type { ButtonHandler } from '../core/command.ts';
import type { ButtonRequest } from '../core/request.ts';
import type { Services } from '../library/services.ts';
import { unitOf } from '../library/write-text.ts';
import { wordsFor } from '../words/words.ts';
import { answerText, privateReply } from './answer-text.ts';

/** How much of the end of a text is read to go on from it. */
const contextLength = 600;

/** Writes another text for the same request. */
export const again: ButtonHandler<Services> = {
  name: 'again',
  acknowledgement: 'public',
  costly: true,
  async press(request, id, services) {
    const exchange = await exchangeUnder(request, id, services);
    return exchange
      ? answerText(exchange, request, services)
      : privateReply(wordsFor(request.locale).refusals.forgotten);
  },
};

/** Goes on from where the text ended. */
export const goOn: ButtonHandler<Services> = {
  name: 'continue',
  acknowledgement: 'public',
  costly: true,
  async press(request, id, services) {
    const exchange = await exchangeUnder(request, id, services);
    if (!exchange) return privateReply(wordsFor(request.locale).refusals.forgotten);
    const { seed, text, whole, corpus } = exchange;
    const between = !whole || unitOf(corpus) === 'sentences' ? ' ' : '\n\n';
    const context = `${seed}${text}${between}`.slice(-contextLength);
    return answerText({ ...exchange, seed: context, continues: true }, request, services);
  },
};

/** Takes the text away: for who asked for it, and for moderators. */
export const remove: ButtonHandler<Services> = {
  name: 'delete',
  acknowledgement: 'silent',
  costly: false,
  async press(request, id, services) {
    const { refusals } = wordsFor(request.locale);
    const { asker } = request;
    if (asker.mayManageMessages) return { type: 'delete' };
    const exchange = await exchangeUnder(request, id, services);
    if (!exchange) return privateReply(refusals.forgotten);
    return exchange.asker === asker.userId ? { type: 'delete' } : privateReply(refusals.notYours);
  },
};

/** The text that a button names, if it is of the channel that the button was pressed in. */
async function exchangeUnder(
  { place }: ButtonRequest,
  id: string,
  { exchanges }: Services,
): Promise<Exchange | null> {
  const exchange = await exchanges.find(id);
  return exchange?.channel === place.channelId ? exchange : null;
}
