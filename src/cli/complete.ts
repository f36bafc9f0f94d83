import { readdirSync } from 'node:fs';
import type { Command } from 'commander';
import { books } from '../../data/books.ts';
import { corpusNames } from '../run/corpora.ts';
import { listRunIds } from '../store/runs.ts';
import { listServing } from '../store/serving.ts';
import { type Cli, wordsFor } from './define-command.ts';
import { withStoreToRead } from './store.ts';

type Value = readonly [value: string, about: string];

/** What the shell does with it, in Cobra's protocol, which the scripts of `escriba completion` speak. */
const noSpace = 2;
const noFilesOfItsOwn = 4;

/** Prints what can stand in the place of the last of some words after `escriba`, a line each. */
export async function printCompletions(
  cli: Cli,
  program: Command,
  words: readonly string[],
): Promise<void> {
  const typed = words.at(-1) ?? '';
  const values = (await suggest(cli, program, words)).filter(([value]) => value.startsWith(typed));
  for (const [value, about] of values) cli.terminal.print(`${value}\t${about}`);
  const goesOn = values.some(([value]) => value.endsWith('/'));
  cli.terminal.print(`:${noFilesOfItsOwn + (goesOn ? noSpace : 0)}`);
}

async function suggest(
  cli: Cli,
  program: Command,
  words: readonly string[],
): Promise<readonly Value[]> {
  let command = program;
  let place = 0;
  let awaited: Command['options'][number] | undefined;
  for (const word of words.slice(0, -1)) {
    if (awaited) awaited = undefined;
    else if (word.startsWith('-')) {
      const option = command.options.find(({ long, short }) => word === long || word === short);
      if (option?.required) awaited = option;
    } else {
      const next = command.commands.find((each) => each.name() === word);
      if (next) command = next;
      else place++;
    }
  }
  if (awaited) {
    const [, named = ''] = awaited.flags.match(/<(.*)>/) ?? [];
    return valuesOf(cli, named, wordsFor(awaited), words.at(-1));
  }
  if (words.at(-1)?.startsWith('-')) {
    const flags = command.options.map(
      ({ long, description }) => [long ?? '', description] as const,
    );
    return [...flags, ['--help', 'show the help']];
  }
  if (command.commands.length > 0) {
    return command.commands.map((each) => [each.name(), each.description()] as const);
  }
  const expected = command.registeredArguments[place];
  const named = expected?.name().toUpperCase() ?? '';
  return valuesOf(cli, named, expected && wordsFor(expected), words.at(-1));
}

/** What an argument or an option takes, by what the help calls it. */
async function valuesOf(
  cli: Cli,
  named: string,
  words: readonly string[] | undefined,
  typed = '',
): Promise<readonly Value[]> {
  const plain = (values: readonly (string | number)[]) =>
    values.map((value): Value => [String(value), '']);
  if (words) return plain(words);
  switch (named) {
    case 'FILE':
    case 'DIR':
      return plain(pathsFrom(typed));
    case 'BOOK':
      return plain(books.filter(({ origin }) => origin !== 'included').map(({ name }) => name));
    case 'CORPUS':
      return withStoreToRead(cli, async (store) => plain(corpusNames(store)));
    case 'RUN':
      return withStoreToRead(cli, async (store) => plain(['latest', ...listRunIds(store)]));
    case 'NETWORK':
      return withStoreToRead(cli, async (store) => {
        const learned = listServing(store).map(({ corpus }) => corpus);
        return plain([...learned, 'latest', ...listRunIds(store)]);
      });
    default:
      return [];
  }
}

/** The files and folders that a path can go on to. */
function pathsFrom(typed: string): string[] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  try {
    return readdirSync(folder || '.', { withFileTypes: true })
      .filter(({ name }) => typed.length > folder.length || !name.startsWith('.'))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
  } catch {
    return [];
  }
}
