import type { Changes } from './changes.ts';
import {
  type Attachment,
  type MessageBody,
  type MessageButton,
  messageFlags,
} from './message-body.ts';
import { pingsIn } from './pings.ts';
import { emptyMessage, unknownMessage } from './refusal.ts';

/** How long Discord remembers an enforced nonce. */
const nonceLife = 5 * 60_000;

/** A message as it stands now, and what became of it. */
export interface SentMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly sentAt: number;
  /** Whether it went to those that follow its channel. */
  published: boolean;
  /** Seen by one person alone. */
  readonly private: boolean;
  /** `... is thinking`: the answer to a deferred interaction that has not come yet. */
  loading: boolean;
  content: string;
  buttons: readonly MessageButton[];
  attachments: readonly Attachment[];
  /** Whether its links are kept from unfolding. */
  embedsSuppressed: boolean;
  /** The mentions in any of its contents that pinged somebody. */
  readonly pings: string[];
  /** Every content it had, oldest first. */
  readonly contents: string[];
  deleted: boolean;
}

interface NewMessage {
  /** Of the message that a thread of a forum begins with: the thread's own. */
  readonly id?: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly body: MessageBody;
  readonly loading?: boolean;
}

/** Every message that was ever sent, private ones too. */
export class Messages {
  readonly all: SentMessage[] = [];
  readonly #nonces = new Map<string, { readonly message: SentMessage; readonly until: number }>();
  readonly #clock: () => number;
  readonly #nextId: () => string;
  readonly #changes: Changes;

  constructor(clock: () => number, nextId: () => string, changes: Changes) {
    this.#clock = clock;
    this.#nextId = nextId;
    this.#changes = changes;
  }

  create({ id, channelId, authorId, body, loading = false }: NewMessage): SentMessage {
    const now = this.#clock();
    const nonce = body.enforceNonce && body.nonce ? `${channelId} ${body.nonce}` : undefined;
    const before = nonce === undefined ? undefined : this.#nonces.get(nonce);
    if (before && now < before.until) return before.message;
    const message: SentMessage = {
      id: id ?? this.#nextId(),
      published: false,
      channelId,
      authorId,
      sentAt: now,
      private: (body.flags & messageFlags.ephemeral) !== 0,
      loading,
      content: '',
      buttons: [],
      attachments: [],
      embedsSuppressed: false,
      pings: [],
      contents: [],
      deleted: false,
    };
    if (!loading) apply(message, body);
    this.all.push(message);
    if (nonce !== undefined) this.#nonces.set(nonce, { message, until: now + nonceLife });
    this.#changes.notify();
    return message;
  }

  /** The message of that id that is still there. */
  get(id: string): SentMessage {
    const message = this.all.find((one) => one.id === id && !one.deleted);
    if (!message) throw unknownMessage();
    return message;
  }

  edit(id: string, body: MessageBody): SentMessage {
    const message = this.get(id);
    apply(message, body);
    message.loading = false;
    this.#changes.notify();
    return message;
  }

  delete(id: string): void {
    this.get(id).deleted = true;
    this.#changes.notify();
  }

  /** What anybody sees in a channel, oldest first. */
  in(channelId: string): readonly SentMessage[] {
    return this.all.filter((one) => one.channelId === channelId && !one.deleted && !one.private);
  }
}

function apply(message: SentMessage, body: MessageBody): void {
  const content = body.content === undefined ? message.content : (body.content ?? '').trim();
  const buttons = body.buttons ?? message.buttons;
  const attachments = body.attachments ?? message.attachments;
  if (content === '' && attachments.length === 0) throw emptyMessage();
  Object.assign(message, { content, buttons, attachments });
  if ((body.flags & messageFlags.suppressEmbeds) !== 0) message.embedsSuppressed = true;
  if (body.content) {
    message.contents.push(content);
    message.pings.push(...pingsIn(content, body.allowedMentions));
  }
}
