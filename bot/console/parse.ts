import type { Action, Command, Option, Options } from '../core/command.ts';
import type { OptionValue, RawOptions } from '../core/request.ts';

/** A command as it was typed. */
export interface TypedCommand {
  readonly command: string;
  readonly subcommand: string | null;
  readonly options: RawOptions;
}

/** A command with the action that was named, as far as both are known. */
export interface NamedAction<Services> {
  readonly command: Command<Services>;
  readonly subcommand: string | null;
  readonly action: Action<Services>;
}

/**
 * Reads `/bible seed:In the beginning verses:3`: a value goes on to the next option's name, and what stands before
 * the first name is the first option that takes a text. Names can be those of any language.
 *
 * @returns null where there is no such command
 */
export function parseCommand<Services>(
  line: string,
  commands: readonly Command<Services>[],
): TypedCommand | null {
  const named = findAction(line, commands);
  if (!named) return null;
  const { command, subcommand, action, rest } = named;
  const options: Record<string, OptionValue> = {};
  for (const { name, value } of valuesIn(rest, action.options)) {
    const option = action.options[name];
    if (option) options[name] = typedValue(value, option);
  }
  return { command: command.name, subcommand, options };
}

/** The command, and the subcommand, that a line begins with. */
export function findAction<Services>(
  line: string,
  commands: readonly Command<Services>[],
): (NamedAction<Services> & { readonly rest: string }) | null {
  const [, word = '', afterWord = ''] = /^\s*\/?(\S+)(.*)$/s.exec(line) ?? [];
  const command = commands.find((each) => isCalled(each, word));
  if (!command) return null;
  if (!('subcommands' in command)) {
    return { command, subcommand: null, action: command, rest: afterWord };
  }
  const [, second = '', rest = ''] = /^\s*(\S+)(.*)$/s.exec(afterWord) ?? [];
  const action = command.subcommands.find((each) => isCalled(each, second));
  return action ? { command, subcommand: action.name, action, rest } : null;
}

interface Named {
  readonly name: string;
  readonly localNames: Readonly<Record<string, string>>;
}

function isCalled({ name, localNames }: Named, word: string): boolean {
  return [name, ...Object.values(localNames)].includes(word.toLowerCase());
}

/** The values that were typed, by the options' own names. */
function valuesIn<Services>(
  text: string,
  options: Options<Services>,
): { readonly name: string; readonly value: string }[] {
  const names = new Map(
    Object.entries(options).flatMap(([name, { localNames }]) =>
      [name, ...Object.values(localNames)].map((each) => [each, name] as const),
    ),
  );
  const marks = Array.from(text.matchAll(/(?<=^|\s)([\p{L}_]+):/gu)).flatMap((match) => {
    const name = names.get(match[1]?.toLowerCase() ?? '');
    return name === undefined
      ? []
      : [{ name, from: match.index, to: match.index + match[0].length }];
  });
  const unnamed = text.slice(0, marks[0]?.from).trim();
  const first = Object.entries(options).find(([, { type }]) => type === 'text')?.[0];
  return [
    ...(unnamed !== '' && first !== undefined ? [{ name: first, value: unnamed }] : []),
    ...marks.map(({ name, to }, place) => ({
      name,
      value: text.slice(to, marks[place + 1]?.from).trim(),
    })),
  ];
}

function typedValue<Services>(typed: string, option: Option<Services>): OptionValue {
  switch (option.type) {
    case 'integer':
    case 'number': {
      const number = Number(typed.replace(',', '.'));
      return typed !== '' && Number.isFinite(number) ? number : typed;
    }
    case 'channel': {
      const name = typed.replace(/^#/, '');
      return { id: name, name, kind: 'text', missing: [] };
    }
    case 'role': {
      const name = typed.replace(/^@/, '');
      return { id: name, name, mentionable: true };
    }
    case 'text': {
      const chosen = option.choices?.find(({ value, name }) =>
        [value, ...Object.values(name)].includes(typed),
      );
      return chosen?.value ?? typed;
    }
  }
}
