import { optionTypes } from './application-commands.ts';
import type { Gateway } from './gateway.ts';
import { choicesOf, handleOf, type InteractionHandle } from './handles.ts';
import type { CompletionChoice, Interaction, InteractionKind, OpenedForm } from './interactions.ts';
import type { SentMessage } from './messages.ts';
import { interactionPayload, type MemberPermission, messagePayload } from './payloads.ts';
import { bitfield, type Channel } from './servers.ts';
import type { World } from './world.ts';

/** Who does something, and where. */
export interface Somebody {
  /** The person's id; the owner of the application, where nothing is said. */
  readonly user?: string;
  /** A server's id, null for private messages; the first server, where nothing is said. */
  readonly guild?: string | null;
  /** A channel's id; the server's first, where nothing is said. */
  readonly channel?: string;
  /** Discord's locale, `en-US` where nothing is said. */
  readonly locale?: string;
  /** What the person may do there beside reading and writing. */
  readonly permissions?: readonly MemberPermission[];
}

type OptionInput = string | number | { readonly channel: string };

export interface Invocation extends Somebody {
  readonly command: string;
  readonly subcommand?: string;
  /** By their English names. Nothing is checked: a person's Discord can be made to send anything. */
  readonly options?: Readonly<Record<string, OptionInput>>;
}

export interface Typing extends Invocation {
  /** The option that is being typed, one of `options`. */
  readonly focused: string;
}

interface Made extends Somebody {
  readonly kind: InteractionKind;
  readonly type: number;
  readonly data: (channel: Channel) => object;
  readonly under?: SentMessage;
}

/** What people do. */
export class People {
  readonly #world: World;
  readonly #gateway: Gateway;

  constructor(world: World, gateway: Gateway) {
    this.#world = world;
    this.#gateway = gateway;
  }

  /** Somebody calls a command, registered or not. */
  interact(invocation: Invocation): InteractionHandle {
    const data = (channel: Channel) => this.#commandData(invocation, channel);
    const made = this.#make({ ...invocation, kind: 'command', type: 2, data });
    return handleOf(this.#world, made);
  }

  /** Somebody chooses an entry of a message's menu. */
  choose(message: SentMessage, command: string, somebody: Somebody = {}): InteractionHandle {
    const { guildId } = this.#world.channel(message.channelId);
    const data = () => ({
      id: this.#world.commands.find(command, guildId)?.id ?? '1',
      name: command,
      type: 3,
      target_id: message.id,
      resolved: { messages: { [message.id]: messagePayload(message) } },
    });
    const where = { guild: guildId, channel: message.channelId };
    const made = this.#make({ ...somebody, ...where, kind: 'command', type: 2, data });
    return handleOf(this.#world, made);
  }

  /** Somebody presses a button under a message, by its id; also one that is not there. */
  press(message: SentMessage, buttonId: string, somebody: Somebody = {}): InteractionHandle {
    const { guildId } = this.#world.channel(message.channelId);
    const data = () => ({ custom_id: buttonId, component_type: 2, id: 2 });
    const made = this.#make({
      ...somebody,
      guild: guildId,
      channel: message.channelId,
      kind: 'press',
      type: 3,
      data,
      under: message,
    });
    return handleOf(this.#world, made);
  }

  /** Somebody fills a form in that opened under a message, or forges one. */
  submit(
    message: SentMessage,
    { id, fields }: Pick<OpenedForm, 'id' | 'fields'>,
    somebody: Somebody = {},
  ): InteractionHandle {
    const { guildId } = this.#world.channel(message.channelId);
    const data = () => ({
      custom_id: id,
      components: Object.entries(fields).map(([custom_id, value], place) => ({
        ...{ type: 18, id: 2 * place + 1 },
        component: { type: 4, id: 2 * place + 2, custom_id, value },
      })),
    });
    const where = { guild: guildId, channel: message.channelId };
    const made = this.#make({ ...somebody, ...where, kind: 'form', type: 5, data, under: message });
    return handleOf(this.#world, made);
  }

  /** Somebody types an option that completes. */
  complete(typing: Typing): Promise<readonly CompletionChoice[]> {
    const data = (channel: Channel) => this.#commandData(typing, channel, typing.focused);
    const made = this.#make({ ...typing, kind: 'completion', type: 4, data });
    return choicesOf(this.#world, made);
  }

  #make({ kind, type, data, under, ...somebody }: Made): Interaction {
    const world = this.#world;
    const userId = somebody.user ?? world.ownerId;
    const channel = this.#place(somebody, userId);
    const interaction: Interaction = {
      id: world.nextId(),
      token: `interaction-token-${world.nextId()}`,
      kind,
      channelId: channel.id,
      createdAt: world.clock(),
      written: [],
      ...(under ? { under } : {}),
    };
    world.interactions.all.push(interaction);
    const payload = interactionPayload({
      id: interaction.id,
      token: interaction.token,
      applicationId: world.applicationId,
      botId: world.applicationId,
      type,
      userId,
      channel,
      installed: world.servers.get(channel.guildId ?? '')?.installed ?? false,
      locale: somebody.locale ?? 'en-US',
      serverLanguage: world.servers.get(channel.guildId ?? '')?.language ?? null,
      permissions: somebody.permissions ?? [],
      data: data(channel),
      ...(under ? { message: under } : {}),
    });
    this.#gateway.tell(channel.guildId, 'INTERACTION_CREATE', payload);
    return interaction;
  }

  #place({ guild, channel }: Somebody, userId: string): Channel {
    if (channel !== undefined) return this.#world.channel(channel);
    const server =
      guild === undefined
        ? [...this.#world.servers.values()][0]
        : guild === null
          ? undefined
          : this.#world.servers.get(guild);
    const first = server?.channels[0];
    if (first) return first;
    if (guild === null) return this.#world.privateChannel(userId);
    throw new Error('There is no such server, or it has no channel.');
  }

  #commandData(
    { command, subcommand, options = {} }: Invocation,
    channel: Channel,
    focused?: string,
  ) {
    const registered = this.#world.commands.find(command, channel.guildId);
    const declared = subcommand
      ? registered?.options?.find(({ name }) => name === subcommand)?.options
      : registered?.options;
    const given = Object.entries(options).map(([name, input]) => ({
      name,
      type: declared?.find((one) => one.name === name)?.type ?? typeOf(input),
      value: typeof input === 'object' ? input.channel : input,
      ...(name === focused ? { focused: true } : {}),
    }));
    const channels = Object.values(options)
      .filter((input) => typeof input === 'object')
      .map((input) => this.#world.channel(input.channel));
    return {
      id: registered?.id ?? '1',
      name: command,
      type: 1,
      options: subcommand
        ? [{ name: subcommand, type: optionTypes.subcommand, options: given }]
        : given,
      ...(channels.length === 0
        ? {}
        : {
            resolved: {
              channels: Object.fromEntries(
                channels.map(({ id, name, type }) => [
                  id,
                  { id, name, type, permissions: bitfield(['view-channel', 'send-messages']) },
                ]),
              ),
            },
          }),
    };
  }
}

function typeOf(input: OptionInput): number {
  if (typeof input === 'object') return optionTypes.channel;
  if (typeof input === 'string') return optionTypes.text;
  return Number.isInteger(input) ? optionTypes.integer : optionTypes.number;
}
