import { setTimeout as sleep } from 'node:timers/promises';
import type { LoopbackDiscord } from '../../test/support/discord/start.ts';

/** What became of one `/bible`. */
export interface Asked {
  /** From the request until Discord had its acknowledgement, in milliseconds; null where none came. */
  readonly acknowledged: number | null;
  /** From the request until Discord had the finished answer, in milliseconds; null where none came. */
  readonly answered: number | null;
  /** When it was asked, by `performance.now`. */
  readonly at: number;
  /** Characters of the answer above its small print. */
  readonly characters: number;
}

/** How long an answer is waited for, in milliseconds. */
const patience = 60_000;

/** Somebody asks for `/bible seed:Henrique` somewhere. */
export async function ask(discord: LoopbackDiscord, user: string, guild: string): Promise<Asked> {
  const at = performance.now();
  const call = discord.interact({
    ...{ command: 'bible', options: { seed: 'Henrique' }, user, guild },
  });
  const waited = new AbortController();
  const late = sleep(patience, null, { signal: waited.signal }).catch(() => null);
  const timed = async <T>(event: Promise<T>) => ({
    event: await event,
    after: performance.now() - at,
  });
  const acknowledged = Promise.race([timed(call.acknowledged()), late]);
  // A word on how long it takes, and what is shown before it is done, have no buttons; nor has an apology.
  const finished = discord.until(() =>
    call.written().findLast(({ buttons, private: alone }) => buttons.length > 0 || alone),
  );
  const answered = await Promise.race([timed(finished), late]);
  waited.abort();
  // An answer that the asker alone sees is an apology.
  const isText = answered !== null && !answered.event.private;
  return {
    at,
    acknowledged: (await acknowledged)?.after ?? null,
    answered: isText ? answered.after : null,
    characters: isText ? [...answered.event.content.replace(/\n-# .*$/s, '')].length : 0,
  };
}

/** Some people, a server of them to so many, ask at an even pace within so many seconds. */
export async function askAll(
  discord: LoopbackDiscord,
  people: number,
  seconds: number,
): Promise<Asked[]> {
  const servers = Array.from({ length: Math.ceil(people / peopleOfServer) }, () =>
    discord.addServer(),
  );
  const begin = performance.now();
  const asked: Promise<Asked>[] = [];
  for (let person = 0; person < people; person++) {
    const turn = begin + (person * seconds * 1000) / people;
    await sleep(Math.max(0, turn - performance.now()));
    const server = servers[Math.floor(person / peopleOfServer)];
    if (server) asked.push(ask(discord, `1000${person}`, server.id));
  }
  return Promise.all(asked);
}

/** Fewer than a server may ask in a minute. */
const peopleOfServer = 50;
