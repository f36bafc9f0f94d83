import { isDeepStrictEqual } from 'node:util';
import {
  makeURLSearchParams,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { z } from 'zod';

type Payload = RESTPostAPIChatInputApplicationCommandsJSONBody;

/**
 * Registers the commands where they are not registered just so: everywhere, or at once in one server.
 *
 * @returns whether anything was written
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | null,
  commands: readonly Payload[],
): Promise<boolean> {
  const route =
    guildId === null
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const registered = z
    .array(z.record(z.string(), z.unknown()))
    .parse(await rest.get(route, { query: makeURLSearchParams({ with_localizations: true }) }));
  const ignored = guildId === null ? added : addedInServer;
  if (isDeepStrictEqual(comparable(registered, ignored), comparable(commands, ignored)))
    return false;
  await rest.put(route, { body: commands });
  return true;
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

/** Without what is added, and without what says the same as nothing: null, false, an empty list. */
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
    (Array.isArray(value) && value.length === 0)
  );
}
