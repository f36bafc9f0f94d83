import { runBot } from '../../../bot/bot.ts';
import { usualAllowances } from '../../../bot/core/cooldowns.ts';
import { jsonLog } from '../../../bot/core/json-log.ts';
import { terminalLog } from '../../../bot/core/terminal-log.ts';
import { findToken } from '../../../bot/discord/token.ts';
import { runBotConsole } from '../../../bot/run-console.ts';
import { type Language, languages } from '../../../data/language.ts';
import { BadInput, EscribaError } from '../../errors.ts';
import { programRoot } from '../../run/program-root.ts';
import { usualThreads } from '../../run/usual-threads.ts';
import { databasePath } from '../../store/path.ts';
import { showBotStatus } from '../bot-status.ts';
import { type Cli, defineCommand, flag, option } from '../define-command.ts';
import { oneOf, whole } from '../forms.ts';
import { interruptible } from '../interruption.ts';
import { openUsersStore } from '../store.ts';

/** How long a process stays once the bot has left, in milliseconds. */
const longestLeave = 1_000;

export const bot = defineCommand({
  arguments: {},
  options: {
    console: flag('run without Discord: type commands here and see the replies'),
    language: option(
      'LANGUAGE',
      "language of the console: en or pt-BR (default: the system's)",
      oneOf(languages).optional(),
    ),
    health: option(
      'PORT',
      'answer /healthz and /metrics (for Prometheus) at this port of 127.0.0.1',
      whole(1, 65_535).optional(),
    ),
    status: flag('print the status of the bot; exit code 1 if it is not connected to Discord'),
    json: flag('with --status: print it as JSON'),
    takeOver: flag('use the store even if another bot (application) has used it'),
    threads: option('N', 'threads to write with', whole(1, 256).default(usualThreads)),
  },
  run: async (cli, { console: inConsole, language, health, status, json, takeOver, threads }) => {
    if (status) return showBotStatus(cli, json);
    // A new store is made here, with the models that come with the program.
    openUsersStore(cli).close();
    if (inConsole) return runInConsole(cli, language, threads);
    const { terminal, environment, now } = cli;
    const token = findToken(environment);
    let readerLeft = false;
    const { stdout } = process;
    stdout.once('error', () => {
      readerLeft = true;
      // The last lines of its log find no reader either, and end the process at once.
      process.exitCode = 1;
    });
    await interruptible(
      cli,
      (signal) =>
        runBot({
          databasePath: databasePath(environment, programRoot()),
          token,
          apiUrl: environment.DISCORD_API_URL || undefined,
          guildId: environment.DISCORD_GUILD_ID || undefined,
          healthPort: health,
          threads,
          takeOver,
          allowances: usualAllowances,
          allowedServers: readServers(environment.DISCORD_ALLOWED_GUILDS),
          log: stdout.isTTY ? terminalLog((line) => terminal.print(line), now) : jsonLog(stdout),
          signal,
          onInvitation: (invitation) => {
            terminal.note(`To add it to a server: ${invitation.server}`);
            terminal.note(`To use it anywhere yourself: ${invitation.person}`);
          },
        }),
      'Finishing the requests in progress.',
    );
    // A request that Discord never answers must not keep a process that has left.
    setTimeout(() => process.exit(), longestLeave).unref();
    if (readerLeft) {
      throw new EscribaError(
        "Nothing reads the bot's output any more, so it stopped.",
        'Start it again; a service restarts it by itself.',
      );
    }
  },
});

/** The ids of servers, with commas or spaces between. @throws BadInput where one is no id */
function readServers(value: string | undefined): ReadonlySet<string> | undefined {
  const ids = (value ?? '').split(/[\s,]+/).filter((id) => id !== '');
  const wrong = ids.find((id) => !/^\d{17,20}$/.test(id));
  if (wrong !== undefined) {
    throw new BadInput(
      `DISCORD_ALLOWED_GUILDS has "${wrong}", which is not the id of a server.`,
      "In Discord, turn on Developer Mode and copy the id from the server's menu.",
    );
  }
  return ids.length === 0 ? undefined : new Set(ids);
}

async function runInConsole(
  cli: Cli,
  language: Language | undefined,
  threads: number,
): Promise<void> {
  const { terminal, environment } = cli;
  await interruptible(
    cli,
    (signal) =>
      runBotConsole({
        databasePath: databasePath(environment, programRoot()),
        threads,
        log: jsonLog(process.stderr),
        locale: language ?? localeOf(environment),
        style: (style, text) => terminal.styled(style, text),
        print: (text) => terminal.print(text),
        input: process.stdin,
        terminal: process.stdin.isTTY ? process.stdout : undefined,
        signal,
      }),
    'Leaving.',
  );
}

function localeOf({ LC_ALL, LC_MESSAGES, LANG }: Cli['environment']): Language {
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('pt') ? 'pt-BR' : 'en';
}
