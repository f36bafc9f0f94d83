import type { ReadStream, WriteStream } from 'node:tty';
import { setFlagsFromString } from 'node:v8';
import { render } from 'ink';
import type { Store } from '../src/store/database.ts';
import { App } from './app.tsx';
import { Deletions } from './data/deletions.ts';
import { liveRuns } from './data/live-runs.ts';
import { StoreWatch } from './data/store-watch.ts';
import { Writing } from './data/writing.ts';
import { BotConsole } from './processes/bot-console.ts';
import { TextAdding } from './processes/text-adding.ts';
import { Trainings } from './processes/trainings.ts';
import { type Program, ProgramContext } from './program.ts';
import { type ColourDepth, painter } from './theme/painter.ts';
import { paletteOf } from './theme/palette.ts';
import type { Theme } from './theme/theme.ts';
import { blocks, braille } from './widgets/chart/dots.ts';

export interface DashboardOptions {
  readonly store: Store;
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** What the terminal's page is like, as `pageOf` finds out. */
  readonly page: 'dark' | 'light';
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** How often the store is asked for something new, in milliseconds. */
  readonly lookEvery?: number;
}

/**
 * Shows the dashboard until it is left. The terminal is then as it was found, whatever happened.
 * @throws what went wrong inside, once the terminal is restored
 */
export async function runDashboard(options: DashboardOptions): Promise<void> {
  const { store, input, output, now, lookEvery } = options;
  // What is drawn is soon thrown away: the room for it would grow, by 50 MB, to no use.
  setFlagsFromString('--semi-space-growth-factor=1');
  const closing: (() => Promise<void>)[] = [];
  const theme = themeOf(options);
  const program: Program = {
    theme,
    mouse: options.environment.ESCRIBA_MOUSE !== 'off' && !theme.screenReader,
    watch: new StoreWatch(store, now, lookEvery),
    trainings: new Trainings(store, now),
    deletions: new Deletions(),
    textAdding: new TextAdding(store.path),
    writing: new Writing(store, now),
    botConsole: new BotConsole(store.path),
    closeAtEnd: (close) => closing.push(close),
  };
  const { screenReader } = theme;
  // Whichever screen is open: a training that has begun did so, also where nobody sees it.
  program.watch.subscribe(() => program.trainings.look());
  program.watch.start();
  const instance = render(
    <ProgramContext value={program}>
      <App />
    </ProgramContext>,
    {
      stdin: input,
      stdout: output,
      exitOnCtrlC: false,
      maxFps: 10,
      incrementalRendering: true,
      alternateScreen: !screenReader,
      isScreenReaderEnabled: screenReader,
    },
  );
  // Left to Node, a defect would be printed into the screen that goes away with the program.
  const fail = (error: unknown) =>
    instance.unmount(error instanceof Error ? error : new Error(String(error)));
  process.once('uncaughtException', fail);
  try {
    await instance.waitUntilExit();
  } finally {
    process.off('uncaughtException', fail);
    program.watch.stop();
    program.botConsole.close();
    program.textAdding.close();
    await Promise.all([program.writing.close(), ...closing.map((close) => close())]);
  }
  for (const said of program.deletions.finish(store, now())) output.write(`${said}\n`);
  const goingOn = liveRuns(store, now()).map(({ id }) => id);
  if (goingOn.length > 0) {
    output.write(`Training continues (run ${goingOn.join(', ')}); \`escriba\` shows it again.\n`);
  }
  for (const { what, command } of program.trainings.queued()) {
    const words = command.filter((word) => word !== '--json').map(shellWord);
    output.write(`Not started: ${what}. Start it with \`escriba ${words.join(' ')}\`.\n`);
  }
}

/** A word as a shell takes it for one. */
function shellWord(word: string): string {
  return /^[\w.=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function themeOf({ output, page, environment }: DashboardOptions): Theme {
  const palette = paletteOf(page, environment.ESCRIBA_CONTRAST === 'high');
  return {
    paint: painter(palette, depthOf(output.getColorDepth(environment))),
    dots: environment.TERM === 'linux' ? blocks : braille,
    screenReader: environment.INK_SCREEN_READER === 'true',
  };
}

function depthOf(bits: number): ColourDepth {
  if (bits >= 24) return 24;
  if (bits >= 8) return 8;
  return bits >= 4 ? 4 : 1;
}
