import type { Command } from '../core/command.ts';
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
  const named = findAction(line, commands);
  if (before.trim() === '') {
    const names = commands.map(({ name }) => `/${name} `);
    return names.filter((name) => name.startsWith(`/${last.replace('/', '')}`));
  }
  if (!named) {
    const group = commands.find(({ name }) => `/${name}` === before.trim());
    const subcommands = group && 'subcommands' in group ? group.subcommands : [];
    return subcommands
      .map(({ name }) => `${before}${name} `)
      .filter((whole) => whole.startsWith(line));
  }
  const { command, subcommand, action } = named;
  const [, focused, text = ''] = /^(\w+):(.*)$/s.exec(last) ?? [];
  if (focused === undefined) {
    return Object.keys(action.options)
      .map((name) => `${before}${name}:`)
      .filter((whole) => whole.startsWith(line));
  }
  const option = action.options[focused];
  if (option?.type === 'text' && option.choices) {
    return option.choices
      .map(({ value }) => `${before}${focused}:${value}`)
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
  return offered.map(({ value }) => `${before}${focused}:${value}`);
}
