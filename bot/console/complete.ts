import type { Command, LocalNames } from '../core/command.ts';
import type { Dispatcher } from '../core/dispatch.ts';
import type { CompletionRequest } from '../core/request.ts';
import { findAction, parseCommand } from './parse.ts';

/**
 * What the end of a line can become: a command, a subcommand, an option's name, or a value that the option offers.
 *
 * @returns the whole lines
 */
export async function completeLine<Services>(
  line: string,
  commands: readonly Command<Services>[],
  dispatcher: Dispatcher,
  asked: Omit<
    CompletionRequest,
    'type' | 'command' | 'subcommand' | 'focused' | 'text' | 'options'
  >,
): Promise<string[]> {
  const [, before = '', last = ''] = /^(.*\s)?(\S*)$/s.exec(line) ?? [];
  const called = (name: string, { localNames }: { readonly localNames: LocalNames }) =>
    asked.locale === 'en' ? name : localNames[asked.locale];
  const named = findAction(line, commands);
  if (before.trim() === '') {
    const names = commands.map((each) => `/${called(each.name, each)} `);
    return names.filter((name) => name.startsWith(`/${last.replace('/', '')}`));
  }
  if (!named) {
    const group = commands.find((each) =>
      [each.name, ...Object.values(each.localNames)].includes(before.trim().replace('/', '')),
    );
    const subcommands = group && 'subcommands' in group ? group.subcommands : [];
    return subcommands
      .map((each) => `${before}${called(each.name, each)} `)
      .filter((whole) => whole.startsWith(line));
  }
  const { command, subcommand, action } = named;
  const [, typed, text = ''] = /^([\p{L}\p{N}_-]+):(.*)$/su.exec(last) ?? [];
  if (typed === undefined) {
    return Object.entries(action.options)
      .map(([name, option]) => `${before}${called(name, option)}:`)
      .filter((whole) => whole.startsWith(line));
  }
  const focused = Object.entries(action.options).find(([name, { localNames }]) =>
    [name, ...Object.values(localNames)].includes(typed),
  )?.[0];
  if (focused === undefined) return [];
  const option = action.options[focused];
  if (option?.type === 'text' && option.choices) {
    return option.choices
      .map(({ value }) => `${before}${typed}:${value}`)
      .filter((whole) => whole.startsWith(line));
  }
  const options = parseCommand(before, commands)?.options ?? {};
  const offered = await dispatcher.complete({
    ...asked,
    type: 'completion',
    command: command.name,
    subcommand,
    focused,
    text,
    options,
  });
  return offered.map(({ value }) => `${before}${typed}:${value}`);
}
