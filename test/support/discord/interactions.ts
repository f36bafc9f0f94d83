import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import type { RequestBody } from './body.ts';
import type { Changes } from './changes.ts';
import { check, read } from './check.ts';
import { type MessageBody, readMessage } from './message-body.ts';
import type { Messages, SentMessage } from './messages.ts';
import {
  alreadyAcknowledged,
  invalidForm,
  invalidWebhookToken,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from './refusal.ts';

const acknowledgeWithin = 3_000;
const tokenLife = 15 * 60_000;
const callbackTypes = {
  message: 4,
  deferred: 5,
  silent: 6,
  update: 7,
  choices: 8,
  form: 9,
} as const;

export type InteractionKind = 'command' | 'press' | 'completion' | 'form';

export interface Acknowledged {
  /** Discord's number of the callback: 4 a message, 5 one to come, 6 nothing yet, 7 an update, 8 choices, 9 a form. */
  readonly type: number;
  readonly private: boolean;
  /** How long it took, by the loopback's clock. */
  readonly afterMilliseconds: number;
}

export interface CompletionChoice {
  readonly name: string;
  readonly value: string;
}

/** A form as a person sees it. */
export interface OpenedForm {
  readonly id: string;
  readonly title: string;
  /** What its fields hold, by name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** An interaction, and what was answered to it. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly channelId: string;
  readonly createdAt: number;
  acknowledged?: Acknowledged;
  choices?: readonly CompletionChoice[];
  /** The form that was opened. */
  form?: OpenedForm;
  /** The message `@original` names: the answer, or for a silently acknowledged press the one it is under. */
  original?: SentMessage;
  /** The message that was pressed on. */
  readonly under?: SentMessage;
  /** Every message that it wrote or rewrote, in order. */
  readonly written: SentMessage[];
}

const choices = z.object({
  choices: z.array(z.object({ name: z.string(), value: z.string() })),
});
const form = z.object({
  custom_id: z.string(),
  title: z.string(),
  components: z.array(
    z.object({ component: z.object({ custom_id: z.string(), value: z.string().optional() }) }),
  ),
});
const callback = z.object({ type: z.number(), data: z.unknown().optional() });

/** The rules of answering: within three seconds, once, and then by the token for fifteen minutes. */
export class Interactions {
  readonly all: Interaction[] = [];
  readonly #clock: () => number;
  readonly #messages: Messages;
  readonly #changes: Changes;
  readonly #applicationId: string;

  constructor(clock: () => number, messages: Messages, changes: Changes, applicationId: string) {
    this.#clock = clock;
    this.#messages = messages;
    this.#changes = changes;
    this.#applicationId = applicationId;
  }

  respond(id: string, token: string, body: RequestBody): void {
    const interaction = this.all.find((one) => one.id === id && one.token === token);
    if (!interaction) throw unknownInteraction();
    if (interaction.acknowledged) throw alreadyAcknowledged();
    const afterMilliseconds = this.#clock() - interaction.createdAt;
    if (afterMilliseconds > acknowledgeWithin) throw unknownInteraction();
    const { type, data } = read(callback, body.json);
    const isPrivate = this.#carryOut(
      interaction,
      type,
      { json: data ?? {}, files: body.files },
      body,
    );
    interaction.acknowledged = { type, private: isPrivate, afterMilliseconds };
    this.#changes.notify();
  }

  #carryOut(
    interaction: Interaction,
    type: number,
    data: RequestBody,
    whole: RequestBody,
  ): boolean {
    const fits =
      interaction.kind === 'completion'
        ? type === callbackTypes.choices
        : interaction.kind === 'press'
          ? (type >= callbackTypes.message && type <= callbackTypes.update) ||
            type === callbackTypes.form
          : type === callbackTypes.message || type === callbackTypes.deferred;
    if (!fits) throw invalidForm(`type: ${type} for a ${interaction.kind}`);
    if (type === callbackTypes.choices) {
      check(ApplicationCommandAutocompleteCallbackRequestSchema, whole.json);
      interaction.choices = read(choices, data.json).choices;
      return true;
    }
    if (type === callbackTypes.form) {
      check(ModalInteractionCallbackRequestSchema, whole.json);
      const { custom_id, title, components } = read(form, data.json);
      const fields = components.map(({ component }) => [
        component.custom_id,
        component.value ?? '',
      ]);
      interaction.form = { id: custom_id, title, fields: Object.fromEntries(fields) };
      return true;
    }
    if (type === callbackTypes.silent || type === callbackTypes.update) {
      check(UpdateMessageInteractionCallbackRequestSchema, whole.json);
      if (!interaction.under) throw unknownMessage();
      interaction.original = interaction.under;
      if (type === callbackTypes.update) this.#rewrite(interaction, readMessage(data, 'edit'));
      return interaction.under.private;
    }
    check(CreateMessageInteractionCallbackRequestSchema, whole.json);
    const loading = type === callbackTypes.deferred;
    const message = this.#create(interaction, readMessage(data, 'interaction'), loading);
    interaction.original = message;
    return message.private;
  }

  followUp(applicationId: string, token: string, body: RequestBody): SentMessage {
    const interaction = this.#byToken(applicationId, token);
    const message = readMessage(body, 'interaction');
    // The first one after a deferral takes its place, whatever privacy it asks for.
    if (interaction.original?.loading && !interaction.original.deleted) {
      return this.#rewrite(interaction, message);
    }
    return this.#create(interaction, message, false);
  }

  reply(applicationId: string, token: string, messageId: string): SentMessage {
    return this.#messages.get(this.#idOf(this.#byToken(applicationId, token), messageId));
  }

  edit(applicationId: string, token: string, messageId: string, body: RequestBody): SentMessage {
    const interaction = this.#byToken(applicationId, token);
    return this.#rewrite(
      interaction,
      readMessage(body, 'edit'),
      this.#idOf(interaction, messageId),
    );
  }

  delete(applicationId: string, token: string, messageId: string): void {
    this.#messages.delete(this.#idOf(this.#byToken(applicationId, token), messageId));
  }

  #create(interaction: Interaction, body: MessageBody, loading: boolean): SentMessage {
    const { channelId } = interaction;
    const message = this.#messages.create({
      channelId,
      authorId: this.#applicationId,
      body,
      loading,
    });
    if (!loading) interaction.written.push(message);
    this.#changes.notify();
    return message;
  }

  #rewrite(
    interaction: Interaction,
    body: MessageBody,
    id = interaction.original?.id,
  ): SentMessage {
    if (id === undefined) throw unknownMessage();
    const message = this.#messages.edit(id, body);
    interaction.written.push(message);
    this.#changes.notify();
    return message;
  }

  #idOf(interaction: Interaction, messageId: string): string {
    if (messageId === '@original') {
      if (!interaction.original) throw unknownMessage();
      return interaction.original.id;
    }
    if (!interaction.written.some(({ id }) => id === messageId)) throw unknownMessage();
    return messageId;
  }

  #byToken(applicationId: string, token: string): Interaction {
    const interaction = this.all.find((one) => one.token === token);
    if (!interaction?.acknowledged || applicationId !== this.#applicationId) throw unknownWebhook();
    if (this.#clock() - interaction.createdAt > tokenLife) throw invalidWebhookToken();
    return interaction;
  }
}
