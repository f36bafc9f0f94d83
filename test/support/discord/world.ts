import { randomBytes } from 'node:crypto';
import { ApplicationCommands } from './application-commands.ts';
import { Changes } from './changes.ts';
import { Interactions } from './interactions.ts';
import { Messages } from './messages.ts';
import { missingAccess, missingPermissions, threadClosed, unknownChannel } from './refusal.ts';
import { type Channel, channelTypes, type Server } from './servers.ts';
import { createSnowflakes } from './snowflakes.ts';

/** Everything that there is in the loopback Discord: what its gateway tells of and its REST server works on. */
export class World {
  readonly clock: () => number;
  readonly nextId: () => string;
  readonly applicationId: string;
  /** The person whom the application belongs to, and who owns every server. */
  readonly ownerId: string;
  readonly token: string;
  /** Where Discord sends interactions instead of the gateway, if it was told so. */
  interactionsEndpointUrl: string | null = null;
  /** How often a bot may still connect today. */
  sessionsLeft = 1_000;
  readonly changes = new Changes();
  readonly servers = new Map<string, Server>();
  readonly privateChannels = new Map<string, Channel>();
  readonly threads: Channel[] = [];
  /** People who take no private messages. */
  readonly unreachable = new Set<string>();
  readonly commands: ApplicationCommands;
  readonly messages: Messages;
  readonly interactions: Interactions;

  constructor(clock: () => number) {
    this.clock = clock;
    this.nextId = createSnowflakes(clock);
    this.applicationId = this.nextId();
    this.ownerId = this.nextId();
    // Of the form and the lengths of Discord's own.
    this.token = [Buffer.from(this.applicationId), randomBytes(4), randomBytes(28)]
      .map((part) => part.toString('base64url'))
      .join('.');
    this.commands = new ApplicationCommands(this.nextId, this.applicationId);
    this.messages = new Messages(clock, this.nextId, this.changes);
    this.interactions = new Interactions(clock, this.messages, this.changes, this.applicationId);
  }

  channel(id: string): Channel {
    const all = [
      ...[...this.servers.values()].flatMap(({ channels }) => channels),
      ...this.privateChannels.values(),
      ...this.threads,
    ];
    const channel = all.find((one) => one.id === id);
    if (!channel) throw unknownChannel();
    return channel;
  }

  /** The channel of the private messages between the bot and a person. */
  privateChannel(userId: string): Channel {
    let channel = this.privateChannels.get(userId);
    if (!channel) {
      channel = {
        id: this.nextId(),
        name: '',
        type: channelTypes.private,
        guildId: null,
        denied: new Set(this.unreachable.has(userId) ? ['send-messages'] : []),
      };
      this.privateChannels.set(userId, channel);
    }
    return channel;
  }

  /** A channel that the bot sees. */
  visibleChannel(id: string): Channel {
    const channel = this.channel(id);
    const installed = channel.guildId === null || this.servers.get(channel.guildId)?.installed;
    if (!installed || this.deniedIn(channel).has('view-channel')) throw missingAccess();
    return channel;
  }

  /** A channel that the bot may post to, files too if there are any. */
  writableChannel(id: string, withFiles: boolean): Channel {
    const channel = this.visibleChannel(id);
    const denied = this.deniedIn(channel);
    const needed = channel.thread ? 'send-messages-in-threads' : 'send-messages';
    if (denied.has(needed)) throw missingPermissions();
    if (withFiles && denied.has('attach-files')) throw missingPermissions();
    if (channel.thread?.closed) throw threadClosed();
    return channel;
  }

  /** What the bot may not do in a channel, or in the one that a thread is in. */
  deniedIn(channel: Channel): Channel['denied'] {
    return channel.thread ? this.channel(channel.thread.parent).denied : channel.denied;
  }

  /** A thread in a channel. */
  addThread(parent: Channel, name: string, owner: string): Channel {
    const thread: Channel = {
      ...{ id: this.nextId(), name, type: channelTypes.thread, guildId: parent.guildId },
      ...{ thread: { parent: parent.id, owner, closed: false }, denied: new Set() },
    };
    this.threads.push(thread);
    return thread;
  }
}
