import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord.js';
import { z } from 'zod';
import type { Language } from '../../data/language.ts';
import type {
  ChannelKind,
  ChannelValue,
  CompletionRequest,
  OptionValue,
  Request,
} from '../core/request.ts';
import { readBits } from './permissions.ts';

const id = z.string().regex(/^\d+$/);
const bits = z.string().regex(/^\d+$/);
const option = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  get options() {
    return z.array(option).optional();
  },
});
type Option = z.infer<typeof option>;

const common = {
  id,
  token: z.string(),
  channel_id: id,
  guild_id: id.optional(),
  locale: z.string(),
  guild_locale: z.string().optional(),
  guild: z
    .object({ features: z.array(z.string()) })
    .optional()
    .catch(undefined),
  // By which installation it came: 0 a server's, with its id; 1 a person's.
  authorizing_integration_owners: z.record(z.string(), z.string()).optional(),
  user: z.object({ id }).optional(),
  member: z.object({ user: z.object({ id }), permissions: bits }).optional(),
};
const commandData = z.object({
  type: z.literal(ApplicationCommandType.ChatInput),
  name: z.string(),
  options: z.array(option).default([]),
  resolved: z
    .object({
      channels: z
        .record(
          z.string(),
          z.object({
            name: z.string().nullish(),
            type: z.number().optional(),
            parent_id: z.string().nullish(),
          }),
        )
        .optional(),
      roles: z
        .record(z.string(), z.object({ name: z.string(), mentionable: z.boolean().optional() }))
        .optional(),
    })
    .optional(),
});
const messageData = z.object({
  type: z.literal(ApplicationCommandType.Message),
  name: z.string(),
  target_id: id,
  resolved: z.object({ messages: z.record(z.string(), z.object({ content: z.string() })) }),
});
const interaction = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal(InteractionType.ApplicationCommand),
    data: z.discriminatedUnion('type', [commandData, messageData]),
  }),
  z.object({
    ...common,
    type: z.literal(InteractionType.ApplicationCommandAutocomplete),
    data: commandData,
  }),
  z.object({
    ...common,
    type: z.literal(InteractionType.ModalSubmit),
    data: z.object({ custom_id: z.string(), components: z.array(z.unknown()) }),
  }),
  z.object({
    ...common,
    type: z.literal(InteractionType.MessageComponent),
    data: z.object({
      component_type: z.literal(ComponentType.Button),
      custom_id: z.string(),
    }),
    message: z
      .object({
        interaction_metadata: z
          .object({ user: z.object({ id }) })
          .nullish()
          .catch(null),
      })
      .optional(),
  }),
]);
type Payload = z.infer<typeof interaction>;
type CommandData = z.infer<typeof commandData>;

/** What came in, and by what it is answered. */
export interface Incoming {
  readonly id: string;
  readonly token: string;
  readonly request: Request | CompletionRequest;
}

const unknownKind = z.object({
  id,
  token: z.string(),
  type: z.number(),
  locale: z.string().optional().catch(undefined),
});

/** Who can at least be told that this is unknown; null where nobody waits for an answer. */
export function readUnknown(
  payload: unknown,
): { readonly id: string; readonly token: string; readonly locale: Language } | null {
  const read = unknownKind.safeParse(payload);
  // Completions and Discord's own pings show no message.
  const silent: readonly number[] = [
    InteractionType.Ping,
    InteractionType.ApplicationCommandAutocomplete,
  ];
  if (!read.success || silent.includes(read.data.type)) return null;
  const { id: itsId, token, locale = '' } = read.data;
  return { id: itsId, token, locale: localeOf(locale) };
}

/** What the bot lacks to post in a server's channel; null where it cannot know. */
export type MissingIn = (guildId: string, channelId: string) => ChannelValue['missing'];

/** Reads INTERACTION_CREATE; null for a kind of interaction that the bot offers nobody. */
export function readInteraction(payload: unknown, missingIn: MissingIn): Incoming | null {
  const read = interaction.safeParse(payload);
  if (!read.success) return null;
  const { data: came } = read;
  const asked = askedBy(came);
  if (asked === null) return null;
  const incoming = { id: came.id, token: came.token };
  if (came.type === InteractionType.MessageComponent) {
    const buttonId = came.data.custom_id;
    const messageAsker = came.message?.interaction_metadata?.user.id ?? null;
    return { ...incoming, request: { ...asked, type: 'button', buttonId, messageAsker } };
  }
  if (came.type === InteractionType.ModalSubmit) {
    const { custom_id: formId, components } = came.data;
    return {
      ...incoming,
      request: { ...asked, type: 'form', formId, fields: fieldsOf(components) },
    };
  }
  if (came.data.type === ApplicationCommandType.Message) {
    const { name: command, target_id, resolved } = came.data;
    const text = resolved.messages[target_id]?.content ?? '';
    return { ...incoming, request: { ...asked, type: 'message', command, text } };
  }
  const { command, subcommand, given } = calledIn(came.data);
  const options = valuesOf(given, came.data, asked.place.guildId, missingIn);
  if (came.type === InteractionType.ApplicationCommand) {
    return { ...incoming, request: { ...asked, type: 'command', command, subcommand, options } };
  }
  const typed = given.find(({ focused }) => focused);
  if (!typed) return null;
  const request: CompletionRequest = {
    ...asked,
    type: 'completion',
    command,
    subcommand,
    focused: typed.name,
    text: String(typed.value ?? ''),
    options,
  };
  return { ...incoming, request };
}

/** The fields of a form, whether each is in a label of its own or in a row, as forms had them before. */
function fieldsOf(components: readonly unknown[]): Record<string, string> {
  return Object.fromEntries(
    components.flatMap((component) => {
      const read = formComponent.safeParse(component);
      if (!read.success) return [];
      const inputs = 'component' in read.data ? [read.data.component] : read.data.components;
      return inputs.map(({ custom_id, value }) => [custom_id, value]);
    }),
  );
}

const formInput = z.object({ custom_id: z.string(), value: z.string() });
const formComponent = z.union([
  z.object({ component: formInput }),
  z.object({ components: z.array(formInput) }),
]);

function askedBy(came: Payload) {
  const userId = came.member?.user.id ?? came.user?.id;
  if (userId === undefined) return null;
  const may = came.member ? readBits(came.member.permissions) : null;
  return {
    id: came.id,
    locale: localeOf(came.locale),
    asker: {
      userId,
      mayManageServer: may?.has(PermissionFlagsBits.ManageGuild) ?? false,
      mayManageMessages: may?.has(PermissionFlagsBits.ManageMessages) ?? false,
    },
    place: {
      guildId: came.guild_id ?? null,
      channelId: came.channel_id,
      isInstalled:
        came.guild_id !== undefined && came.authorizing_integration_owners?.['0'] === came.guild_id,
      language: serverLanguage(came),
    },
  };
}

/** Servers that are no communities have American English in Discord, whatever they speak. */
function serverLanguage({ guild_locale, guild }: Payload): Language | null {
  const isChosen = guild?.features.includes('COMMUNITY') || guild_locale !== 'en-US';
  return guild_locale !== undefined && isChosen ? localeOf(guild_locale) : null;
}

function kindOf(type: number | undefined): ChannelKind {
  switch (type) {
    case ChannelType.GuildAnnouncement:
      return 'announcement';
    case ChannelType.GuildForum:
      return 'forum';
    case ChannelType.PublicThread:
    case ChannelType.PrivateThread:
    case ChannelType.AnnouncementThread:
      return 'thread';
    default:
      return 'text';
  }
}

function localeOf(locale: string): Language {
  return locale === 'pt-BR' ? 'pt-BR' : 'en';
}

/** The command's name, its subcommand's, and the options of whichever was called. */
function calledIn({ name, options }: CommandData) {
  const first = options[0];
  return first?.type === ApplicationCommandOptionType.Subcommand
    ? { command: name, subcommand: first.name, given: first.options ?? [] }
    : { command: name, subcommand: null, given: options };
}

function valuesOf(
  given: readonly Option[],
  { resolved }: CommandData,
  guildId: string | null,
  missingIn: MissingIn,
): Record<string, OptionValue> {
  const values: Record<string, OptionValue> = {};
  for (const { name, type, value } of given) {
    if (type === ApplicationCommandOptionType.Channel) {
      const channelId = String(value);
      const channel = resolved?.channels?.[channelId];
      const kind = kindOf(channel?.type);
      // What may be done in a thread follows from its channel.
      const where = kind === 'thread' ? (channel?.parent_id ?? channelId) : channelId;
      values[name] = {
        id: channelId,
        name: channel?.name ?? '',
        kind,
        missing: guildId === null ? null : missingIn(guildId, where),
      };
    } else if (type === ApplicationCommandOptionType.Role) {
      const roleId = String(value);
      const role = resolved?.roles?.[roleId];
      const mentionable = role?.mentionable ?? false;
      values[name] = { id: roleId, name: role?.name ?? '', mentionable };
    } else if (typeof value === 'string' || typeof value === 'number') {
      values[name] = value;
    }
  }
  return values;
}
