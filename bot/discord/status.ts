import { type Client, Events, Status } from 'discord.js';

/** How the bot stands with Discord. */
export interface ConnectionStatus {
  /** `connected`: every shard is. `refused`: a shard was turned away for good; the reason is the log's. */
  readonly state: 'connecting' | 'connected' | 'refused';
  readonly servers: number;
  readonly shards: number;
  readonly connectedShards: number;
}

/** Calls back with each new status, and not twice with the same. */
export function watchStatus(client: Client, onStatus: (status: ConnectionStatus) => void): void {
  let refused = false;
  let before = '';
  const look = () => {
    const { shards } = client.ws;
    const connectedShards = shards.filter(({ status }) => status === Status.Ready).size;
    const connected = shards.size > 0 && connectedShards === shards.size;
    const status: ConnectionStatus = {
      state: refused ? 'refused' : connected ? 'connected' : 'connecting',
      servers: client.guilds.cache.size,
      shards: shards.size,
      connectedShards,
    };
    const now = JSON.stringify(status);
    if (now === before) return;
    before = now;
    onStatus(status);
  };
  client.on(Events.ShardDisconnect, () => {
    refused = true;
    look();
  });
  client.on(Events.ClientReady, look);
  client.on(Events.ShardReady, look);
  client.on(Events.ShardResume, look);
  client.on(Events.ShardReconnecting, look);
  client.on(Events.GuildCreate, look);
  client.on(Events.GuildDelete, look);
}
