import { isDeepStrictEqual } from 'node:util';
import {
  ApplicationCommandType,
  makeURLSearchParams,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { EscribaError } from '../../src/errors.ts';
import type { Clock } from '../core/clock.ts';
import type { Command, MessageCommand } from '../core/command.ts';
import type { Log } from '../core/log.ts';
import { commandPayload, messageCommandPayload } from './command-payload.ts';
import { describeFailure, isRefusal } from './failures.ts';
import { retryUntil } from './retry-until.ts';

type Payload =
  | RESTPostAPIChatInputApplicationCommandsJSONBody
  | RESTPostAPIContextMenuApplicationCommandsJSONBody;

export interface RegistrationParts {
  readonly rest: REST;
  readonly applicationId: string;
  /** The one server to register in, where the commands are there at once; everywhere, where it is null. */
  readonly guildId: string | null;
  readonly commands: readonly Command<unknown>[];
  readonly messageCommands: readonly MessageCommand<unknown>[];
  /** Told the ids of the slash commands by their English names. */
  readonly onRegistered: (ids: ReadonlyMap<string, string>) => void;
  readonly log: Log;
  readonly clock: Clock;
  /** Once it fires, nothing more is registered. */
  readonly signal: AbortSignal;
}

const registerWithin = 30_000;
/** How long after registering failed it is tried again, in milliseconds. */
const registerAgainAfter = 5 * 60_000;

/**
 * Registers the commands where they are not registered just so. Where Discord cannot be reached it goes on:
 * those that were registered before work as they are.
 *
 * @returns whether they are registered
 * @throws EscribaError where Discord does not take them
 * @throws the signal's reason where it has fired
 */
export async function register(parts: RegistrationParts): Promise<boolean> {
  const { guildId, commands, messageCommands, log, clock, signal } = parts;
  const scope = guildId === null ? 'everywhere' : 'one server';
  const payloads = [
    ...commands.map((command) => commandPayload(command, scope)),
    ...messageCommands.map((command) => messageCommandPayload(command, scope)),
  ];
  const where = guildId === null ? 'everywhere' : `in the server ${guildId}`;
  try {
    const { registered, written } = await retryUntil(
      () => overwriteIfChanged(parts, payloads),
      clock.now() + registerWithin,
      clock,
      { signal },
    );
    parts.onRegistered(idsOf(registered));
    const outcome = written
      ? 'The commands are registered'
      : 'The commands were registered already';
    log.info({ commands: payloads.length }, `${outcome} ${where}.`);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (isRefusal(error)) {
      throw new EscribaError(
        `Discord does not take the commands ${where}: ${error.message}`,
        guildId === null
          ? 'Report this: it is a bug in Escriba.'
          : 'See that DISCORD_GUILD_ID is the id of a server that has installed this bot.',
        { cause: error },
      );
    }
    log.error(describeFailure(error), 'The commands could not be registered; going on without.');
    return false;
  }
}

/** Tries again every five minutes, until they are registered or the signal fires. Never rejects. */
export async function registerLater(parts: RegistrationParts): Promise<void> {
  const { clock, log, signal } = parts;
  try {
    do await clock.sleep(registerAgainAfter, signal);
    while (!signal.aborted && !(await register(parts)));
  } catch (error) {
    if (signal.aborted) return;
    log.error(describeFailure(error), 'The commands could not be registered.');
  }
}

/**
 * Takes back what was registered in other scopes, servers or everywhere (null): Discord would show those commands a
 * second time. Never rejects: where it cannot be done, they are shown twice until the next start.
 */
export async function unregister(
  scopes: readonly (string | null)[],
  { rest, applicationId, log }: Pick<RegistrationParts, 'rest' | 'applicationId' | 'log'>,
): Promise<void> {
  const clear = async (guildId: string | null) => {
    const where = guildId === null ? 'everywhere' : `in the server ${guildId}`;
    const route = routeOf(applicationId, guildId);
    try {
      const registered = commandsSchema.parse(await rest.get(route));
      const others = registered.filter(isEntryPoint);
      if (registered.length === others.length) return;
      await rest.put(route, { body: others });
      log.info(
        { commands: registered.length - others.length },
        `The commands ${where} are taken back.`,
      );
    } catch (error) {
      log.warn(describeFailure(error), `The commands ${where} could not be taken back.`);
    }
  };
  await Promise.all(scopes.map(clear));
}

function routeOf(applicationId: string, guildId: string | null) {
  return guildId === null
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);
}

/** Gives what is registered then, and whether anything was written. */
async function overwriteIfChanged(
  { rest, applicationId, guildId, signal }: RegistrationParts,
  commands: readonly Payload[],
): Promise<{ readonly registered: Registered; readonly written: boolean }> {
  const route = routeOf(applicationId, guildId);
  const all = commandsSchema.parse(
    await rest.get(route, { query: makeURLSearchParams({ with_localizations: true }), signal }),
  );
  const others = all.filter(isEntryPoint);
  const registered = all.filter((command) => !isEntryPoint(command));
  const ignored = guildId === null ? added : addedInServer;
  if (isDeepStrictEqual(comparable(registered, ignored), comparable(commands, ignored)))
    return { registered, written: false };
  const body = [...commands, ...others];
  return {
    registered: commandsSchema.parse(await rest.put(route, { body, signal })),
    written: true,
  };
}

function idsOf(registered: Registered): ReadonlyMap<string, string> {
  return new Map(
    registered.flatMap(({ id, name, type }) =>
      typeof id === 'string' &&
      typeof name === 'string' &&
      type === ApplicationCommandType.ChatInput
        ? [[name, id] as const]
        : [],
    ),
  );
}

const commandsSchema = z.array(z.record(z.string(), z.unknown()));
type Registered = z.infer<typeof commandsSchema>;

/** Whether a command starts the application's Activity: Discord made it, and takes no list without it. */
function isEntryPoint({ type }: Readonly<Record<string, unknown>>): boolean {
  return type === ApplicationCommandType.PrimaryEntryPoint;
}

/** What Discord adds to a command of its own accord. */
const added = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'dm_permission',
  'name_localized',
  'description_localized',
]);
/** A server's command works in that server; what it says of other places is Discord's own. */
const addedInServer = new Set([...added, 'contexts', 'integration_types']);

/** Commands in a form in which the same ones are equal, whatever Discord fills in or leaves out. */
function comparable(commands: readonly object[], ignored: ReadonlySet<string>): unknown {
  return commands
    .map((command) => normal(command, ignored))
    .sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '';
}

/** Without what is added, and without what says the same as nothing: null, false, an empty text or list. */
function normal(value: unknown, ignored: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    return value.every((one) => typeof one === 'number')
      ? value.toSorted((one, other) => one - other)
      : value.map((one) => normal(one, ignored));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, part]) => !ignored.has(key) && !saysNothing(part))
      .map(([key, part]) => [key, normal(part, ignored)]),
  );
}

function saysNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}
