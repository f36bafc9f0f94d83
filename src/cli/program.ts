import { Command, CommanderError } from 'commander';
import { programRoot } from '../run/program-root.ts';
import { versionHere } from '../run/version.ts';
import { commands } from './commands.ts';
import { printCompletions } from './complete.ts';
import type { Cli } from './define-command.ts';
import { readEnvironmentFiles } from './env-file.ts';
import { refuseWithoutDashes } from './npm-run.ts';
import { reportError } from './report-error.ts';
import { Terminal } from './terminal.ts';

/** Runs `escriba ...` and sets what the process exits with: 0 done, 1 failed, 2 called wrongly. */
export async function runProgram(words: readonly string[]): Promise<void> {
  // Where a person has Node write reports of crashes, those are shown around: a token must not be in them.
  process.report.excludeEnv = true;
  const now = Date.now;
  const monotonic = () => performance.now();
  const terminal = new Terminal(process.stdout, process.stderr, monotonic, process.env.TERM);
  try {
    readEnvironmentFiles([process.cwd(), programRoot()], process.env);
    const cli = { terminal, environment: process.env, now, monotonic };
    // `escriba complete -- WORDS...`, as the scripts of `escriba completion` ask.
    if (words[0] === 'complete' && words[1] === '--') {
      const typed = words.slice(2);
      await printCompletions(cli, await makeProgram(cli, typed), typed);
      return;
    }
    const meant = words.length === 0 ? ['dashboard'] : unknownInHelp(words);
    const program = await makeProgram(cli, meant);
    await program.parseAsync([...meant], { from: 'user' });
  } catch (error) {
    terminal.endLive();
    process.exitCode =
      error instanceof CommanderError
        ? // Commander has said it, or shown the help that was asked for.
          error.exitCode && 2
        : reportError(error, terminal, process.env);
  }
}

/** Of `help` with a command that there is not, that command alone: it is refused as such, and what was meant is guessed. */
function unknownInHelp(words: readonly string[]): readonly string[] {
  const [first, name] = words;
  const isKnown =
    name === undefined || name === 'help' || commands.some((each) => each.name === name);
  return first === 'help' && !isKnown && !name.startsWith('-') ? [name] : words;
}

/** The program with every command, of which only the one that is meant is read from its file. */
async function makeProgram(cli: Cli, words: readonly string[]): Promise<Command> {
  const program = new Command('escriba')
    .description('Train small recurrent networks on books, and write with them.')
    .version(versionHere())
    .helpCommand('help [command]', 'show the help of a command')
    .commandsGroup('Help:')
    .showHelpAfterError('See `escriba --help`.')
    .exitOverride();
  const [meant] = words.filter((word) => word !== 'help');
  for (const { name, about, group, load } of commands) {
    const command = program.command(name).description(about).helpGroup(group);
    command.showHelpAfterError(`See \`escriba ${name} --help\`.`);
    if (name !== meant) continue;
    (await load())(command, cli);
    refuseWithoutDashes(command, cli.environment);
  }
  return program;
}
