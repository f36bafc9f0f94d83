import { ApplicationCommandUpdateRequestSchema } from 'discord-api-spec/zod';
import { z } from 'zod';
import { check, read } from './check.ts';
import { entryPointMissing, invalidForm } from './refusal.ts';

export const optionTypes = { subcommand: 1, text: 3, integer: 4, channel: 7, number: 10 } as const;

/** Chat input, a person's menu, a message's menu, and what opens an Activity. */
const commandTypes = { chat: 1, user: 2, message: 3, entryPoint: 4 } as const;

const localizations = z.record(z.string(), z.string()).nullish();
const option = z.looseObject({
  type: z.number(),
  name: z.string(),
  name_localizations: localizations,
  required: z.boolean().nullish(),
  autocomplete: z.boolean().nullish(),
  choices: z.array(z.unknown()).nullish(),
  min_value: z.number().nullish(),
  max_value: z.number().nullish(),
  get options() {
    return z.array(option).nullish();
  },
});
const command = z.looseObject({
  type: z.number().default(commandTypes.chat),
  name: z.string(),
  name_localizations: localizations,
  description: z.string().default(''),
  default_member_permissions: z.string().nullish(),
  contexts: z.array(z.number()).nullish(),
  integration_types: z.array(z.number()).nullish(),
  options: z.array(option).nullish(),
});

type CommandBody = z.infer<typeof command>;
type CommandOption = z.infer<typeof option>;
/** A command as Discord keeps it. */
export type RegisteredCommand = CommandBody & { readonly id: string };

/** The commands registered everywhere (scope null) and in single servers. */
export class ApplicationCommands {
  readonly #scopes = new Map<string | null, readonly RegisteredCommand[]>();
  readonly #nextId: () => string;
  readonly #applicationId: string;

  constructor(nextId: () => string, applicationId: string) {
    this.#nextId = nextId;
    this.#applicationId = applicationId;
  }

  in(scope: string | null): readonly RegisteredCommand[] {
    return this.#scopes.get(scope) ?? [];
  }

  /** What somebody in that server can call by that name. */
  find(name: string, guildId: string | null): RegisteredCommand | undefined {
    return [...(guildId === null ? [] : this.in(guildId)), ...this.in(null)].find(
      (one) => one.name === name,
    );
  }

  /** Puts these in the place of all that were there; a command of a known name keeps its id. */
  overwrite(scope: string | null, body: unknown): readonly RegisteredCommand[] {
    const bodies = read(z.array(z.unknown()).max(100), body).map(readCommand);
    unique(bodies);
    const before = this.in(scope);
    const opensActivity = ({ type }: CommandBody) => type === commandTypes.entryPoint;
    if (before.some(opensActivity) && !bodies.some(opensActivity)) throw entryPointMissing();
    const after = bodies.map((one) => ({
      ...one,
      id: before.find(({ name }) => name === one.name)?.id ?? this.#nextId(),
    }));
    this.#scopes.set(scope, after);
    return after;
  }

  /** The application gets an Activity, with the command that opens it. */
  addEntryPoint(): void {
    const body = { type: commandTypes.entryPoint, name: 'launch', description: 'Opens it' };
    this.#scopes.set(null, [...this.in(null), { ...body, handler: 2, id: this.#nextId() }]);
  }

  /** As a GET shows them: with the defaults filled in, and the localizations only where asked for. */
  show(scope: string | null, withLocalizations: boolean): readonly object[] {
    return this.in(scope).map((one) => ({
      ...(withLocalizations ? one : JSON.parse(JSON.stringify(one, dropLocalizations))),
      application_id: this.#applicationId,
      ...(scope === null ? {} : { guild_id: scope }),
      version: one.id,
      nsfw: false,
      default_member_permissions: one.default_member_permissions ?? null,
      contexts: one.contexts ?? null,
      integration_types: one.integration_types ?? [0],
    }));
  }
}

function dropLocalizations(key: string, value: unknown): unknown {
  return key.endsWith('_localizations') ? undefined : value;
}

function readCommand(body: unknown): CommandBody {
  const one = read(command, body);
  // The description calls the permissions a number; the documentation, and Discord itself, a string of one.
  const permissions = one.default_member_permissions;
  check(ApplicationCommandUpdateRequestSchema, {
    ...one,
    default_member_permissions: permissions ? Number(permissions) : null,
  });
  if (one.type === commandTypes.message) return readMenuCommand(one);
  if (one.description === '') throw invalidForm(`${one.name}: no description`);
  checkNames(one);
  checkOptions(one.options ?? []);
  if (characters(one) > 8000) throw invalidForm(`${one.name}: over 8,000 characters`);
  return one;
}

/** An entry of a message's menu: any name of 32 characters, and nothing else to say. */
function readMenuCommand(one: CommandBody): CommandBody {
  for (const name of [one.name, ...Object.values(one.name_localizations ?? {})]) {
    if (name.trim() === '' || name.length > 32) throw invalidForm(`name: ${name}`);
  }
  if (one.description !== '' || one.options) throw invalidForm(`${one.name}: nothing but a name`);
  return one;
}

function checkOptions(options: readonly CommandOption[]): void {
  unique(options);
  const firstOptional = options.findIndex(({ required }) => !required);
  if (firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required)) {
    throw invalidForm('options: a required one after one that is not');
  }
  for (const one of options) {
    checkNames(one);
    if (one.autocomplete && one.choices?.length) {
      throw invalidForm(`${one.name}: choices and autocomplete`);
    }
    if ((one.min_value ?? -Infinity) > (one.max_value ?? Infinity)) {
      throw invalidForm(`${one.name}: min_value above max_value`);
    }
    checkOptions(one.options ?? []);
  }
}

function checkNames(one: Pick<CommandBody, 'name' | 'name_localizations'>): void {
  for (const name of [one.name, ...Object.values(one.name_localizations ?? {})]) {
    if (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase()) {
      throw invalidForm(`name: ${name}`);
    }
  }
}

function unique(named: readonly { readonly name: string }[]): void {
  if (new Set(named.map(({ name }) => name)).size !== named.length) {
    throw invalidForm(`names: ${named.map(({ name }) => name).join(', ')}`);
  }
}

/** The characters of every name, description and value, which Discord limits together. */
function characters(value: unknown): number {
  let count = 0;
  JSON.stringify(value, (key, part: unknown) => {
    if (key.endsWith('_localizations')) return undefined;
    if (typeof part === 'string' && ['name', 'description', 'value'].includes(key)) {
      count += part.length;
    }
    return part;
  });
  return count;
}
