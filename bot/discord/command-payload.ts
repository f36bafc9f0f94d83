import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Translations } from '../../data/language.ts';
import type {
  Command,
  LocalNames,
  MessageCommand,
  NumberOption,
  Option,
  Options,
  Subcommand,
} from '../core/command.ts';

/** An entry of a message's menu as Discord registers it. */
export function messageCommandPayload<Services>(
  { name, localNames }: MessageCommand<Services>,
  scope: 'everywhere' | 'one server',
): RESTPostAPIContextMenuApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.Message,
    name,
    name_localizations: localNames,
    default_member_permissions: null,
    ...(scope === 'everywhere' ? everywhere : {}),
  };
}

/** A command as Discord registers it; in a single server it says nothing of where else it works. */
export function commandPayload<Services>(
  command: Command<Services>,
  scope: 'everywhere' | 'one server',
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const where = command.where === 'everywhere' ? everywhere : serversOnly;
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    ...localized(command.localNames, command.description),
    options:
      'subcommands' in command
        ? command.subcommands.map(subcommandPayload)
        : optionPayloads(command.options),
    default_member_permissions:
      command.who === 'server-managers' ? String(PermissionFlagsBits.ManageGuild) : null,
    ...(scope === 'everywhere' ? where : {}),
  };
}

const everywhere = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
};
const serversOnly = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

function subcommandPayload<Services>(
  subcommand: Subcommand<Services>,
): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: subcommand.name,
    ...localized(subcommand.localNames, subcommand.description),
    options: optionPayloads(subcommand.options),
  };
}

function optionPayloads<Services>(options: Options<Services>): APIApplicationCommandBasicOption[] {
  return Object.entries(options).map(([name, option]) => optionPayload(name, option));
}

function optionPayload<Services>(
  name: string,
  option: Option<Services>,
): APIApplicationCommandBasicOption {
  const common = {
    name,
    ...localized(option.localNames, option.description),
    required: option.required ?? false,
  };
  switch (option.type) {
    case 'text':
      return { ...common, type: ApplicationCommandOptionType.String, ...textPayload(option) };
    case 'integer':
      return { ...common, type: ApplicationCommandOptionType.Integer, ...bounds(option) };
    case 'number':
      return { ...common, type: ApplicationCommandOptionType.Number, ...bounds(option) };
    case 'channel':
      return {
        ...common,
        type: ApplicationCommandOptionType.Channel,
        channel_types: [
          ChannelType.GuildText,
          ChannelType.GuildAnnouncement,
          ChannelType.GuildForum,
          ChannelType.PublicThread,
          ChannelType.PrivateThread,
          ChannelType.AnnouncementThread,
        ],
      };
    case 'role':
      return { ...common, type: ApplicationCommandOptionType.Role };
  }
}

function bounds({ minimum, maximum }: NumberOption) {
  return { min_value: minimum, max_value: maximum };
}

function textPayload<Services>(option: Extract<Option<Services>, { type: 'text' }>) {
  if (option.choices) {
    return {
      choices: option.choices.map(({ value, name }) => ({
        name: name.en,
        name_localizations: { 'pt-BR': name['pt-BR'] },
        value,
      })),
    };
  }
  return {
    autocomplete: option.complete !== undefined,
    ...(option.minimumLength === undefined ? {} : { min_length: option.minimumLength }),
    ...(option.maximumLength === undefined ? {} : { max_length: option.maximumLength }),
  };
}

function localized(localNames: LocalNames, description: Translations) {
  return {
    name_localizations: localNames,
    description: description.en,
    description_localizations: { 'pt-BR': description['pt-BR'] },
  };
}
