import { join } from 'node:path';
import { Command } from 'commander';
import { commands } from '../../src/cli/commands.ts';
import { Terminal } from '../../src/cli/terminal.ts';

const terminal = new Terminal(process.stdout, process.stderr, () => 0, undefined);

/** A program of one command, over a store in a folder in which nothing was learned. */
export async function programOf(name: string, folder: string): Promise<Command> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  const environment = { ESCRIBA_DB: join(folder, 'escriba.db'), ESCRIBA_MODELS: 'none' };
  const load = commands.find((each) => each.name === name)?.load;
  const cli = { terminal, environment, now: () => 0, monotonic: () => 0 };
  (await load?.())?.(program.command(name), cli);
  return program;
}

/** A command as it is typed (`corpus add` in two words), and how it is defined. */
export interface TypedCommand {
  readonly words: readonly [string, ...string[]];
  readonly command: Command;
}

/** Every command, `corpus add` and its like too. */
export async function typedCommands(folder: string): Promise<TypedCommand[]> {
  const programs = await Promise.all(commands.map(({ name }) => programOf(name, folder)));
  return programs.flatMap((program) =>
    program.commands.flatMap((command): TypedCommand[] =>
      command.commands.length > 0
        ? command.commands.map((action) => ({
            words: [command.name(), action.name()],
            command: action,
          }))
        : [{ words: [command.name()], command }],
    ),
  );
}
