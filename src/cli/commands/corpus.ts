import type { DefinedCommand } from '../define-command.ts';
import { add } from './corpus/add.ts';
import { fetch } from './corpus/fetch.ts';
import { list } from './corpus/list.ts';
import { remove } from './corpus/remove.ts';
import { show } from './corpus/show.ts';

const actions: readonly (readonly [name: string, about: string, define: DefinedCommand])[] = [
  ['list', 'list the texts', list],
  ['show', 'show a text: its size, held-out parts and rare characters', show],
  ['add', 'add a text of your own', add],
  ['fetch', 'download a book, or read it from a file', fetch],
  ['remove', 'remove a text; networks that learned it stay', remove],
];

export const corpus: DefinedCommand = (command, cli) => {
  for (const [name, about, define] of actions) {
    const action = command.command(name).description(about);
    define(action.showHelpAfterError(`See \`escriba corpus ${name} --help\`.`), cli);
  }
};
