import { InteractionResponseType, MessageFlags, type REST, Routes } from 'discord.js';
import type { Clock } from '../core/clock.ts';
import type { Acknowledgement, Choice, FormReply, Message } from '../core/reply.ts';
import { isAcknowledgedAlready, isMessageGone } from './failures.ts';
import type { Incoming } from './interaction.ts';
import { formBody, type MessageBody, messageBody } from './message-body.ts';
import { retryUntil } from './retry-until.ts';

/** How long Discord waits for the first answer. */
const firstAnswerWithin = 3_000;
/** How long an interaction can be answered, less a margin for the last try: 15 minutes in Discord. */
const answerableFor = 14.5 * 60_000;

/** How one interaction is answered. Each call is tried again until it is over for Discord. */
export interface InteractionCalls {
  /** Says that an answer will come. */
  acknowledge(how: Exclude<Acknowledgement, 'none'>): Promise<void>;
  /** Answers at once, with no acknowledgement before. */
  respond(message: Message, isPrivate: boolean): Promise<void>;
  offer(choices: readonly Choice[]): Promise<void>;
  /** Opens a form, with no acknowledgement before. */
  open(form: FormReply): Promise<void>;
  /** Changes the acknowledged answer, once and for the time being: it is not tried again. */
  draft(message: Message): Promise<void>;
  /** Changes the acknowledged answer. */
  edit(message: Message): Promise<void>;
  /** Deletes the acknowledged answer, or after a silent acknowledgement the message that the button is on. */
  delete(): Promise<void>;
  /** Sends another message; twice, rather than not at all, where Discord's answer to the first is lost. */
  followUp(message: Message, isPrivate: boolean): Promise<void>;
}

export function interactionCalls(
  rest: REST,
  applicationId: string,
  { id, token }: Pick<Incoming, 'id' | 'token'>,
  clock: Clock,
): InteractionCalls {
  const received = clock.now();
  const original = Routes.webhookMessage(applicationId, token);
  // None of these endpoints wants the bot's token: the interaction's own is in their path.
  const auth = false;

  function first(
    type: InteractionResponseType,
    { body, files }: Partial<MessageBody> = {},
  ): Promise<void> {
    const route = Routes.interactionCallback(id, token);
    return retryUntil(
      async (before) => {
        try {
          await rest.post(route, {
            auth,
            body: { type, ...(body ? { data: body } : {}) },
            ...(files ? { files } : {}),
          });
        } catch (error) {
          // It was this process, if only the answer to an earlier call was lost.
          if (!(before > 0 && isAcknowledgedAlready(error))) throw error;
        }
      },
      received + firstAnswerWithin,
      clock,
    );
  }

  async function later(call: () => Promise<unknown>): Promise<void> {
    await retryUntil(call, received + answerableFor, clock);
  }

  return {
    acknowledge: (how) =>
      how === 'silent'
        ? first(InteractionResponseType.DeferredMessageUpdate)
        : first(InteractionResponseType.DeferredChannelMessageWithSource, {
            body: { flags: flagsOf(how === 'private') },
          }),
    respond: (message, isPrivate) =>
      first(
        InteractionResponseType.ChannelMessageWithSource,
        messageBody(message, flagsOf(isPrivate)),
      ),
    offer: (choices) =>
      first(InteractionResponseType.ApplicationCommandAutocompleteResult, { body: { choices } }),
    open: (form) => first(InteractionResponseType.Modal, { body: formBody(form) }),
    async draft(message) {
      await rest.patch(original, { auth, ...messageBody(message) });
    },
    edit: (message) => later(() => rest.patch(original, { auth, ...messageBody(message) })),
    delete: () =>
      later(async () => {
        try {
          await rest.delete(original, { auth });
        } catch (error) {
          if (!isMessageGone(error)) throw error;
        }
      }),
    followUp: (message, isPrivate) =>
      later(() =>
        rest.post(Routes.webhook(applicationId, token), {
          auth,
          ...messageBody(message, flagsOf(isPrivate)),
        }),
      ),
  };
}

function flagsOf(isPrivate: boolean): number {
  return isPrivate ? MessageFlags.Ephemeral : 0;
}
