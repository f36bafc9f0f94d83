import type { ReadStream, WriteStream } from 'node:tty';
import { render } from 'ink';
import type { Store } from '../src/store/database.ts';
import { App } from './app.tsx';
import { liveRuns } from './data/live-runs.ts';
import { StoreWatch } from './data/store-watch.ts';
import { KeptContext } from './data/use-kept.ts';
import { StoreContext } from './data/use-stored.ts';
import { Writing, WritingContext } from './data/use-writing.ts';
import { Trainings } from './processes/trainings.ts';
import { TrainingsContext } from './processes/use-trainings.ts';
import { InsideContext, InsideSession } from './screens/inside/session.ts';
import type { ScreenName } from './shell/shell.ts';
import { pageOf } from './theme/background.ts';
import { type ColourDepth, painter } from './theme/painter.ts';
import { dark, light } from './theme/palette.ts';
import { type Theme, ThemeContext } from './theme/theme.ts';
import { blocks, braille } from './widgets/chart/dots.ts';

export interface DashboardOptions {
  readonly store: Store;
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly screen?: ScreenName;
}

/**
 * Shows the dashboard until it is left. The terminal is then as it was found, whatever happened.
 * @throws what went wrong inside, once the terminal is restored
 */
export async function runDashboard(options: DashboardOptions): Promise<void> {
  const { store, input, output, now, screen } = options;
  const theme = await themeOf(options);
  const watch = new StoreWatch(store, now);
  const trainings = new Trainings(store, now);
  const writing = new Writing(store, now);
  const inside = new InsideSession(store, now);
  const kept = new Map<string, unknown>(screen ? [['screen', screen]] : []);
  watch.start();
  const instance = render(
    <ThemeContext value={theme}>
      <StoreContext value={watch}>
        <TrainingsContext value={trainings}>
          <KeptContext value={kept}>
            <WritingContext value={writing}>
              <InsideContext value={inside}>
                <App />
              </InsideContext>
            </WritingContext>
          </KeptContext>
        </TrainingsContext>
      </StoreContext>
    </ThemeContext>,
    {
      stdin: input,
      stdout: output,
      exitOnCtrlC: false,
      maxFps: 10,
      incrementalRendering: true,
      alternateScreen: !theme.spoken,
      isScreenReaderEnabled: theme.spoken,
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
    watch.stop();
    await Promise.all([writing.close(), inside.close()]);
  }
  const goingOn = liveRuns(store, now()).map(({ id }) => id);
  if (goingOn.length > 0) {
    output.write(`Training goes on (run ${goingOn.join(', ')}); \`escriba\` shows it again.\n`);
  }
}

async function themeOf({ input, output, environment }: DashboardOptions): Promise<Theme> {
  const page = environment.ESCRIBA_PAGE ?? (await pageOf(input, output, environment));
  return {
    paint: painter(page === 'light' ? light : dark, depthOf(output.getColorDepth(environment))),
    dots: environment.TERM === 'linux' ? blocks : braille,
    spoken: environment.INK_SCREEN_READER === 'true',
  };
}

function depthOf(bits: number): ColourDepth {
  if (bits >= 24) return 24;
  if (bits >= 8) return 8;
  return bits >= 4 ? 4 : 1;
}
