import {
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import type { RequestBody, UploadedFile } from './body.ts';
import { check, read } from './check.ts';
import { invalidForm } from './refusal.ts';

export const messageFlags = { suppressEmbeds: 4, ephemeral: 64, loading: 128 } as const;
const suppressNotifications = 4096;

const button = z.object({
  type: z.literal(2),
  custom_id: z.string(),
  label: z.string().min(1),
  style: z.number().int().min(1).max(4),
});
const row = z.object({ type: z.literal(1), components: z.array(button) });
const attachment = z.object({
  id: z.string(),
  filename: z.string().nullish(),
  description: z.string().nullish(),
});
const message = z.object({
  // For bots, whatever the official description lets people with Nitro write.
  content: z.string().max(2000).nullish(),
  flags: z.number().int().nullish(),
  components: z.array(row).max(5).nullish(),
  attachments: z.array(attachment).nullish(),
  allowed_mentions: z
    .object({
      parse: z.array(z.string()).nullish(),
      users: z.array(z.string()).nullish(),
      roles: z.array(z.string()).nullish(),
    })
    .nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
});

export type AllowedMentions = NonNullable<z.infer<typeof message>['allowed_mentions']>;
export interface MessageButton {
  readonly id: string;
  readonly label: string;
  readonly style: number;
}
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly description: string | null;
  readonly bytes: Uint8Array;
}

/** A message's body as far as it names its parts: undefined is not named, null is named as none. */
export interface MessageBody {
  readonly content: string | null | undefined;
  readonly flags: number;
  readonly buttons: readonly MessageButton[] | undefined;
  readonly attachments: readonly Attachment[] | undefined;
  readonly allowedMentions: AllowedMentions | undefined;
  readonly nonce: string | undefined;
  readonly enforceNonce: boolean;
}

/** A body that names nothing. */
export const plainBody: MessageBody = {
  content: undefined,
  flags: 0,
  buttons: undefined,
  attachments: undefined,
  allowedMentions: undefined,
  nonce: undefined,
  enforceNonce: false,
};

/** What a message's body is for: the official description, and the flags that may be set. */
export const messageUses = {
  channel: {
    schema: MessageCreateRequestSchema,
    flags: messageFlags.suppressEmbeds | suppressNotifications,
  },
  // A thread's first message, whose form the description of the whole request has.
  thread: { schema: null, flags: messageFlags.suppressEmbeds | suppressNotifications },
  interaction: {
    schema: IncomingWebhookInteractionRequestSchema,
    flags: messageFlags.suppressEmbeds | messageFlags.ephemeral | suppressNotifications,
  },
  edit: { schema: IncomingWebhookUpdateRequestPartialSchema, flags: messageFlags.suppressEmbeds },
} as const;

/** Reads a message's body, and refuses what Discord refuses. */
export function readMessage(
  { json, files }: RequestBody,
  use: keyof typeof messageUses,
): MessageBody {
  const { schema, flags: allowed } = messageUses[use];
  if (schema !== null) check(schema, json);
  const body = read(message, json);
  const flags = body.flags ?? 0;
  if ((flags & ~allowed) !== 0) throw invalidForm(`flags: ${flags} for ${use}`);
  const buttons = body.components?.flatMap(({ components }) => components);
  if (new Set(buttons?.map(({ custom_id }) => custom_id)).size !== (buttons?.length ?? 0)) {
    throw invalidForm('components: a custom id twice');
  }
  return {
    content: body.content,
    flags,
    buttons: buttons?.map(({ custom_id, label, style }) => ({ id: custom_id, label, style })),
    attachments: attachments(body.attachments, files),
    allowedMentions: body.allowed_mentions ?? undefined,
    nonce: body.nonce === null || body.nonce === undefined ? undefined : String(body.nonce),
    enforceNonce: body.enforce_nonce ?? false,
  };
}

/** The attachments named, with the files that came for them: each file needs a name in the list. */
function attachments(
  named: readonly z.infer<typeof attachment>[] | null | undefined,
  files: ReadonlyMap<string, UploadedFile>,
): readonly Attachment[] | undefined {
  if (!named && files.size === 0) return undefined;
  const list = named ?? [];
  for (const id of files.keys()) {
    if (!list.some((one) => one.id === id))
      throw invalidForm(`attachments: no entry for file ${id}`);
  }
  return list.map(({ id, filename, description }) => {
    const file = files.get(id);
    if (!file) throw invalidForm(`attachments: no file for entry ${id}`);
    return {
      id,
      filename: filename ?? file.name,
      description: description ?? null,
      bytes: file.bytes,
    };
  });
}
