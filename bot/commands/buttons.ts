import { bookNamed } from '../../data/books.ts';
import type { Exchange } from '../../src/store/exchanges.ts';
import type { ButtonHandler, FormHandler } from '../core/command.ts';
import { readOptions } from '../core/read-options.ts';
import { privately } from '../core/refusals.ts';
import type { Request } from '../core/request.ts';
import { realPassage } from '../library/real-passage.ts';
import type { Services } from '../library/services.ts';
import { betweenTexts, passagesOf } from '../library/texts.ts';
import { wordsFor } from '../words/words.ts';
import { answerText, privateReply } from './answer-text.ts';
import { seedOption, temperatureOption } from './options.ts';

/** How many characters from the end of a text are read to continue it. */
const contextLength = 600;

/** Writes another text for the same request. */
export const again: ButtonHandler<Services> = {
  name: 'again',
  acknowledgement: 'public',
  costly: true,
  async press(request, id, services, show) {
    const exchange = await exchangeUnder(request, id, services);
    return exchange
      ? answerText(exchange, request, services, show)
      : privateReply(wordsFor(request.locale).refusals.forgotten);
  },
};

/** Asks for another seed and another temperature. */
export const change: ButtonHandler<Services> = {
  name: 'change',
  acknowledgement: 'none',
  costly: false,
  async press(request, id, services) {
    const { form, refusals } = wordsFor(request.locale);
    const exchange = await exchangeUnder(request, id, services);
    if (!exchange) return privateReply(refusals.forgotten);
    const { maximumLength } = seedOption;
    const seed = {
      ...{ name: 'seed', label: form.seed, value: exchange.seed },
      ...{ minimumLength: 0, maximumLength },
    };
    const temperature = {
      ...{ name: 'temperature', label: form.temperature, value: form.figure(exchange.temperature) },
      ...{ minimumLength: 1, maximumLength: 4 },
    };
    // The text that is continued stays.
    const fields = exchange.continues ? [temperature] : [seed, temperature];
    return { type: 'form', id: `change:${id}`, title: form.title, fields };
  },
};

/** Writes with the seed and the temperature that were asked for. */
export const changed: FormHandler<Services> = {
  name: 'change',
  acknowledgement: 'public',
  costly: true,
  async submit(request, id, services, show) {
    const { locale, fields } = request;
    const { refusals } = wordsFor(locale);
    const exchange = await exchangeUnder(request, id, services);
    if (!exchange) return privateReply(refusals.forgotten);
    const typed = fields.temperature?.trim().replace(',', '.');
    const options = {
      temperature: typed ? Number(typed) : exchange.temperature,
      ...(exchange.continues ? {} : { seed: fields.seed ?? exchange.seed }),
    };
    const read = readOptions({ seed: seedOption, temperature: temperatureOption }, options);
    if ('refusal' in read) return privately(read.refusal, locale);
    const { seed = exchange.seed, temperature = exchange.temperature } = read.values;
    return answerText({ ...exchange, seed: seed.trim(), temperature }, request, services, show);
  },
};

/** Goes on from where the text ended. */
export const goOn: ButtonHandler<Services> = {
  name: 'continue',
  acknowledgement: 'public',
  costly: true,
  async press(request, id, services, show) {
    const exchange = await exchangeUnder(request, id, services);
    if (!exchange) return privateReply(wordsFor(request.locale).refusals.forgotten);
    const { seed, text, whole, corpus } = exchange;
    const between = whole ? betweenTexts(corpus) : ' ';
    const context = `${passagesOf(corpus).asWritten(seed)}${text}${between}`.slice(-contextLength);
    return answerText({ ...exchange, seed: context, continues: true }, request, services, show);
  },
};

/** Takes the text away: for who asked for it, and for moderators. */
export const remove: ButtonHandler<Services> = {
  name: 'delete',
  acknowledgement: 'silent',
  costly: false,
  async press(request, id, services) {
    const { refusals } = wordsFor(request.locale);
    const { asker, messageAsker } = request;
    const exchange = await exchangeUnder(request, id, services);
    // A text is kept for thirty days; who asked for an older one, its message knows.
    const itsAsker = exchange?.asker ?? messageAsker;
    if (!asker.mayManageMessages && itsAsker !== asker.userId) {
      return privateReply(itsAsker === null ? refusals.forgotten : refusals.notYours);
    }
    if (exchange) await services.exchanges.forget(id);
    return { type: 'delete' };
  },
};

/** Shows what a book really says under a reference that a network has used. */
export const really: ButtonHandler<Services> = {
  name: 'really',
  acknowledgement: 'private',
  costly: false,
  async press({ locale }, argument, { library }) {
    const words = wordsFor(locale);
    const [, corpus = '', place = ''] = /^([^:]+):(\d{1,7})$/.exec(argument) ?? [];
    const text = bookNamed(corpus) ? await library.text(corpus) : null;
    return privateReply(
      (text && realPassage(text, Number(place), words)) ?? words.refusals.forgotten,
    );
  },
};

/** The text that a button names, if it is of the channel that the button was pressed in. */
async function exchangeUnder(
  { place }: Pick<Request, 'place'>,
  id: string,
  { exchanges }: Services,
): Promise<Exchange | null> {
  const exchange = await exchanges.find(id);
  return exchange?.channel === place.channelId ? exchange : null;
}
