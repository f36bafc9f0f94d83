import { usualDraw } from '../../src/sample/draw.ts';
import type { MessageReply, ShowDraft } from '../core/reply.ts';
import type { CommandRequest } from '../core/request.ts';
import type { Services } from '../library/services.ts';
import { titleOf } from '../library/texts.ts';
import { wordsFor } from '../words/words.ts';
import { answerText, privateReply } from './answer-text.ts';
import { quoted, runTyped } from './options.ts';

/** What the commands that write have in common. */
interface Typed {
  readonly seed?: string;
  readonly temperature?: number;
  readonly model?: string;
}

/** Writes the text that was asked for by a command. */
export async function answerTyped(
  corpus: string,
  amount: number,
  request: CommandRequest<Typed>,
  services: Services,
  show: ShowDraft,
): Promise<MessageReply> {
  const { seed = '', temperature = usualDraw.temperature, model } = request.options;
  const run = model === undefined ? null : runTyped(model);
  if (model !== undefined && run === null) {
    const words = wordsFor(request.locale);
    return privateReply(words.refusals.noSuchModel(quoted(model), titleOf(corpus, words)));
  }
  const asked = { corpus, seed: seed.trim(), amount, temperature, run, continues: false };
  return answerText(asked, { ...request, options: {} }, services, show);
}
