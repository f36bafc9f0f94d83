import type { Button, MessageReply, ShowDraft } from '../core/reply.ts';
import type { Request } from '../core/request.ts';
import type { ReadyNetwork } from '../library/model-cache.ts';
import { realButton } from '../library/real-passage.ts';
import type { Services } from '../library/services.ts';
import { draftPrint, smallPrint } from '../library/small-print.ts';
import { titleOf } from '../library/texts.ts';
import { type TextWish, writeText } from '../library/write-text.ts';
import type { Words } from '../words/en.ts';
import { wordsFor } from '../words/words.ts';

/** A text that someone asked for. */
export interface AskedText extends TextWish {
  /** The run whose network is to write; null for the one that serves. */
  readonly run: number | null;
}

/** Writes a text for someone and keeps it for the buttons under it. */
export async function answerText(
  asked: AskedText,
  request: Request,
  services: Services,
  show: ShowDraft,
): Promise<MessageReply> {
  const words = wordsFor(request.locale);
  const title = titleOf(asked.corpus, words);
  const network = await networkFor(asked, services);
  if (network === null) {
    return asked.run === null
      ? privateReply(words.refusals.noNetwork(title))
      : privateReply(words.refusals.noSuchModel(String(asked.run), title));
  }
  const unfinished = draftPrint(asked.corpus, words);
  const written = await writeText(asked, network, services, words, (markdown) =>
    show(() => ({ text: `${markdown()} …\n${unfinished}` })),
  );
  if (written.text.trim() === '') return privateReply(words.written.madeNothing);
  const { asker, place, id } = request;
  services.exchanges.record({
    id,
    // One that has not installed the bot looks to it like one that it has left, whose texts go.
    guild: place.isInstalled ? place.guildId : null,
    channel: place.channelId,
    asker: asker.userId,
    corpus: asked.corpus,
    run: asked.run,
    seed: asked.seed,
    continues: asked.continues,
    amount: asked.amount,
    temperature: asked.temperature,
    text: written.text,
    whole: written.whole,
    created: services.clock.now(),
  });
  const print = await smallPrint(asked.corpus, written, services, words);
  return {
    type: 'message',
    private: false,
    text: `${written.begun}${written.shown}${written.whole ? '' : ' …'}\n${print}`,
    buttons: [...buttonsUnder(id, words), ...realButton(asked.corpus, written.realPassage, words)],
  };
}

export function privateReply(text: string): MessageReply {
  return { type: 'message', private: true, text };
}

async function networkFor(
  { corpus, run }: AskedText,
  { library }: Services,
): Promise<ReadyNetwork | null> {
  return run === null ? library.serving(corpus) : library.ofRun(corpus, run);
}

function buttonsUnder(id: string, { buttons }: Words): Button[] {
  return [
    { id: `again:${id}`, label: buttons.again, style: 'primary' },
    { id: `change:${id}`, label: buttons.change, style: 'secondary' },
    { id: `continue:${id}`, label: buttons.continue, style: 'secondary' },
    { id: `delete:${id}`, label: buttons.delete, style: 'danger' },
  ];
}
