import type { Argument, Command, Option } from 'commander';
import { z } from 'zod';
import { BadInput } from '../errors.ts';
import type { Terminal } from './terminal.ts';

/** What a command works with. */
export interface Cli {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from some moment on, whatever is done to the clock: for durations. */
  readonly monotonic: () => number;
}

/** Adds what a command takes and does to its place in the program. */
export type DefinedCommand = (command: Command, cli: Cli) => void;

/** What the help says of each argument and option. */
interface Described {
  readonly about: string;
  readonly value?: string;
  readonly short?: string | undefined;
}

const described = new WeakMap<object, Described>();
/** Of an option or an argument of the program's that takes one of some words, these. */
const choices = new WeakMap<object, readonly string[]>();

/** The words of which an option or an argument takes one; undefined where it takes others. */
export function wordsFor(taker: Option | Argument): readonly string[] | undefined {
  return choices.get(taker);
}

function wordsIn(form: z.core.$ZodType): readonly string[] | undefined {
  if (form instanceof z.ZodOptional || form instanceof z.ZodDefault) return wordsIn(form.unwrap());
  return form instanceof z.ZodEnum ? form.options.map(String) : undefined;
}

/** An argument, by its place. It may be left out where its form takes undefined. */
export function argument<Form extends z.ZodType>(about: string, form: Form): Form {
  described.set(form, { about });
  return form;
}

/**
 * An option: `value` stands in the help for what is typed after it, and `short` is a letter for its name. What it is
 * without is its form's default.
 */
export function option<Form extends z.ZodType>(
  value: string,
  about: string,
  form: Form,
  short?: string,
): Form {
  described.set(form, { value, about, short });
  return form;
}

/** An option that is there or not. */
export function flag(about: string, short?: string): z.ZodDefault<z.ZodBoolean> {
  const form = z.boolean().default(false);
  described.set(form, { about, short });
  return form;
}

/**
 * A command by its arguments, in their order, and its options: `topP` is typed `--top-p`. What was typed is checked,
 * and given to `run` by name.
 */
export function defineCommand<
  Arguments extends z.ZodRawShape,
  Options extends z.ZodRawShape,
>(definition: {
  readonly arguments: Arguments;
  readonly options: Options;
  readonly run: (
    cli: Cli,
    values: z.infer<z.ZodObject<Arguments>> & z.infer<z.ZodObject<Options>>,
  ) => Promise<void>;
}): DefinedCommand {
  const taken = z.object(definition.arguments);
  const chosen = z.object(definition.options);
  return (command, cli) => {
    for (const [name, form] of Object.entries(taken.shape)) {
      const isOptional = z.safeParse(form, undefined).success;
      command.argument(isOptional ? `[${name}]` : `<${name}>`, described.get(form)?.about);
      remember(command.registeredArguments.at(-1), form);
    }
    for (const [name, form] of Object.entries(chosen.shape)) {
      const { about, value, short } = described.get(form) ?? {};
      const names = short === undefined ? optionName(name) : `-${short}, ${optionName(name)}`;
      const flags = value === undefined ? names : `${names} <${value}>`;
      const { success: isOptional, data: otherwise } = z.safeParse(form, undefined);
      const note = isOptional ? otherwise && `default: ${otherwise}` : 'required';
      command.option(flags, note ? `${about} (${note})` : about);
      remember(command.options.at(-1), form);
    }
    command.action(async () => {
      const names = Object.keys(taken.shape);
      const typed = Object.fromEntries(names.map((name, place) => [name, command.args[place]]));
      const words = read(command, taken, typed, (name) => name.toUpperCase());
      await definition.run(cli, { ...words, ...read(command, chosen, command.opts(), optionName) });
    });
  };
}

function remember(taker: Option | Argument | undefined, form: z.core.$ZodType): void {
  const words = wordsIn(form);
  if (taker && words) choices.set(taker, words);
}

/** @throws BadInput that names the first argument or option that cannot be used */
function read<Shape extends z.ZodRawShape>(
  command: Command,
  form: z.ZodObject<Shape>,
  typed: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
): z.infer<z.ZodObject<Shape>> {
  const checked = form.safeParse(typed);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const name = String(issue?.path[0]);
  const given = typed[name];
  throw new BadInput(
    given === undefined
      ? `${nameOf(name)} is missing.`
      : `${nameOf(name)} cannot be "${given}": ${issue?.message}.`,
    `See \`escriba ${pathOf(command)} --help\`.`,
  );
}

/** `corpus add`, the names from below the program's on. */
function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}

function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
