import { WritingService } from '../src/sample/service/service.ts';
import { skipIfBusy } from '../src/store/busy.ts';
import type { Store } from '../src/store/database.ts';
import { openStore } from '../src/store/open.ts';
import { readSettings, type ServerSettings, usualSettings } from '../src/store/settings.ts';
import { buttons, commands, forms, messageCommands } from './commands/all.ts';
import type { Clock } from './core/clock.ts';
import { type Allowances, createCooldowns } from './core/cooldowns.ts';
import { Counters } from './core/counters.ts';
import { createDispatcher, type Dispatcher } from './core/dispatch.ts';
import { failure, type Log } from './core/log.ts';
import type { Poster } from './core/posting.ts';
import { Queue } from './core/queue.ts';
import { privately } from './core/refusals.ts';
import { retryWhileBusy } from './core/retry-while-busy.ts';
import { Exchanges } from './library/exchanges.ts';
import { libraryOf } from './library/library.ts';
import { ModelCache } from './library/model-cache.ts';
import { Rounds } from './library/rounds.ts';
import { publicLanguage, refuseFiltered, screened } from './library/server-rules.ts';
import type { Services } from './library/services.ts';
import { inAll } from './words/words.ts';

export interface AssemblyParts {
  readonly databasePath: string;
  /** Processors to write with; all, where nothing is said. */
  readonly threads?: number | undefined;
  readonly allowances: Allowances;
  readonly poster: () => Poster;
  readonly scheduleChanged: () => void;
  /** As the services have it; none, where nothing is said. */
  readonly commandIds?: () => ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** The only servers where it answers, besides private messages; everywhere, where nothing is said. */
  readonly allowedServers?: ReadonlySet<string> | undefined;
}

/** Seconds: of a longer wait it is said how long it is, and past the other nobody is let in. */
const noticedWait = 10;
const longestWait = 60;

/** The bot without what it talks through. */
export interface Assembly {
  readonly services: Services;
  readonly dispatcher: Dispatcher;
  readonly queue: Queue;
  /** Has what serves in memory, so that the first who asks need not wait for it. Never rejects. */
  warmUp(): Promise<void>;
  /** Writes down what is to be written down, and lets everything go. */
  close(): Promise<void>;
}

/** @throws EscribaError where the store cannot be opened */
export async function assemble(parts: AssemblyParts): Promise<Assembly> {
  const { databasePath, threads, allowances, clock, random, log, allowedServers } = parts;
  const store: Store = await retryWhileBusy(
    () => openStore(databasePath, { busyTimeout: 0 }),
    clock,
  );
  const writing = new WritingService(threads === undefined ? {} : { threads });
  const library = new ModelCache({ store, service: writing, clock, log });
  const exchanges = new Exchanges(store, clock, log);
  const rounds = new Rounds(store, clock, (guild) => exchanges.hasLeft(guild));
  const counters = new Counters();
  const queue = new Queue(clock.now);
  const { poster, scheduleChanged, commandIds = () => new Map() } = parts;
  /** What was last read of each server, for the moments in which the store is busy. */
  const lastRead = new Map<string, ServerSettings>();
  const settingsOf = (guild: string): ServerSettings => {
    const settings = skipIfBusy(
      () => readSettings(store, guild),
      lastRead.get(guild) ?? usualSettings,
    );
    if (settings === usualSettings) lastRead.delete(guild);
    else lastRead.set(guild, settings);
    return settings;
  };
  const inServer = (guild: string | null): Services => {
    const settings = guild === null ? usualSettings : settingsOf(guild);
    const { texts } = settings;
    return { ...services, settings, library: texts ? libraryOf(texts, library) : library };
  };
  const services: Services = {
    ...{ store, library, writing, exchanges, rounds, counters, settings: usualSettings, inServer },
    ...{ poster, scheduleChanged, commandIds, clock, random },
  };
  const admit = createCooldowns(allowances, clock.now);
  const dispatcher = createDispatcher({
    commands,
    messageCommands,
    buttons,
    forms,
    servicesIn: ({ guildId }) => inServer(guildId),
    admit: (request, costly, { settings }) => {
      counters.requests++;
      const { guildId } = request.place;
      if (allowedServers && guildId !== null && !allowedServers.has(guildId)) {
        return privately(
          inAll(({ refusals }) => refusals.notThisServer),
          request.locale,
        );
      }
      const { seconds } = queue.wait();
      if (costly && seconds > longestWait) {
        counters.turnedAway++;
        return privately(
          inAll(({ refusals }) => refusals.tooMany(Math.ceil(seconds / 60))),
          request.locale,
        );
      }
      const filtered = refuseFiltered(request, settings);
      if (filtered !== null) return filtered;
      const refused = admit(request, costly, settings.cooldown);
      if (refused !== null) counters.cooldowns++;
      return refused;
    },
    notice: () => {
      const { ahead, seconds } = queue.wait();
      if (seconds < noticedWait) return null;
      return inAll(({ waiting }) => waiting(ahead, 5 * Math.ceil(seconds / 5)));
    },
    inTurn: (work) => queue.through(work),
    publicLanguage: (request, { settings }) => publicLanguage(request, settings),
    screen: (reply, request, { settings }) => screened(reply, request, settings),
    onFailure: (error, request) => {
      counters.failures++;
      log.error({ request: request.id, ...failure(error) }, 'A request failed.');
    },
  });
  return {
    ...{ services, dispatcher, queue },
    async warmUp() {
      try {
        for (const corpus of await library.served()) {
          await library.serving(corpus);
          await library.text(corpus);
        }
      } catch (error) {
        log.error(failure(error), 'What serves could not be had ready.');
      }
    },
    async close() {
      await exchanges.settled();
      await writing.close();
      store.close();
    },
  };
}
