import { Box, useApp, useInput, usePaste, useStdout, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Store } from '../src/store/database.ts';
import { getRun, type Run } from '../src/store/runs.ts';
import { bellFor, bellState } from './data/bell.ts';
import { liveRuns } from './data/live-runs.ts';
import { persistentState, usePersistentState } from './data/use-persistent-state.ts';
import { useStoreQuery } from './data/use-store-query.ts';
import { escapeControl } from './drawing/text.ts';
import { keysOf } from './keys/key-names.ts';
import { Keyboard } from './keys/keyboard.ts';
import type { MouseInput, Place } from './keys/mouse.ts';
import { KeyboardContext, useActions } from './keys/use-actions.ts';
import { useProgram } from './program.ts';
import { endedNotice, liveWords } from './screens/run-words.ts';
import { screens } from './screens/screens.ts';
import { everywhereKeys } from './shell/everywhere.ts';
import {
  footer,
  header,
  noticeLines,
  questionLine,
  screenReaderHeader,
  tabAt,
  tooSmall,
} from './shell/frame.ts';
import { Lines } from './shell/lines.tsx';
import { Answers } from './shell/question.ts';
import type { Screen } from './shell/screen.ts';
import { ScreenGuard } from './shell/screen-guard.tsx';
import { failure, type Notice, type Question, type Shell, ShellContext } from './shell/shell.ts';
import { useMouse } from './shell/use-mouse.ts';

/** The smallest terminal that every screen fits into. */
const smallest = { columns: 60, rows: 20 };
const screenReaderSize = { width: 76, height: 60 };

const openState = persistentState<Screen>(() => screens[0]);
const everywhere = everywhereKeys(screens);

/** The program: the open screen, what frames it, and who a key is for. */
export function App(): ReactElement {
  const { columns, rows } = useWindowSize();
  const { exit, suspendTerminal, waitUntilRenderFlush } = useApp();
  const { watch, theme } = useProgram();
  const { screenReader } = theme;
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const keyboard = useMemo(() => new Keyboard(redraw), []);
  const resting = useMemo(() => new Keyboard(() => {}), []);
  const [screen, setScreen] = usePersistentState(openState);
  const [before, setBefore] = useState<Screen>(screens[0]);
  const [question, setQuestion] = useState<Question>();
  const [notice, setNotice] = useState<Notice>();
  const take = useTyping(keyboard, {
    onKey: () => setNotice(undefined),
    onClick: ({ column, row }) => {
      // The head's two rows.
      if (row > 1) return;
      const tab = tabAt(
        column,
        screens,
        screen,
        liveWords(liveRunsOrNone(watch.store, watch.now())),
        columns,
      );
      if (tab && tab !== screen) keyboard.act('everywhere', tab.name);
    },
    draw: () => void waitUntilRenderFlush(),
  });
  const mouse = useMouse(take);
  useWholePage(columns, rows, !screenReader);

  const shell = useMemo((): Shell => {
    const open = (name: string) => {
      const next = screens.find((each) => each.name === name);
      if (!next) throw new TypeError(`there is no screen “${name}”`);
      if (!screen.overlay) setBefore(screen);
      setScreen(next);
      setQuestion(undefined);
    };
    return {
      screens,
      open,
      before,
      back: () => open(before.name),
      ask: setQuestion,
      tell: setNotice,
      attempt: (work) => {
        try {
          work();
        } catch (error) {
          setNotice(failure(error));
        }
        watch.changed();
      },
    };
  }, [watch, screen, before, setScreen]);

  // An overlay leaves the screen below as it is, with what is typed there; its keys rest.
  const below = screen.overlay ? before : screen;
  const isLargeEnough = screenReader || (columns >= smallest.columns && rows >= smallest.rows);
  const said = notice ? noticeLines(notice, columns) : [];
  // What is read aloud has no edges.
  const size = screenReader ? screenReaderSize : { width: columns, height: rows - 3 - said.length };
  return (
    <KeyboardContext value={keyboard}>
      <ShellContext value={shell}>
        <Ended tell={setNotice} />
        <Everywhere
          shell={shell}
          screen={screen}
          quit={() => exit()}
          suspend={() => void suspendTerminal(() => mouse.without(untilContinued))}
          mouse={() => {
            mouse.toggle();
            const text = mouse.isOn
              ? 'The terminal has the mouse: you can select text. Ctrl-T takes it back.'
              : 'The mouse is back: its wheel scrolls, and a click on a tab opens it.';
            setNotice({ kind: 'done', text });
          }}
        />
        {question && (
          <Answers key={question.text} question={question} close={() => setQuestion(undefined)} />
        )}
        {isLargeEnough ? (
          <Box flexDirection="column" width={columns} {...(screenReader ? {} : { height: rows })}>
            <Header screen={screen} width={columns} />
            <Box {...(screenReader ? {} : { height: size.height })} flexDirection="column">
              <KeyboardContext value={screen.overlay ? resting : keyboard}>
                <Box display={screen.overlay ? 'none' : 'flex'} flexDirection="column">
                  <ScreenGuard key={below.name} watch={watch} width={columns}>
                    <below.Component {...size} />
                  </ScreenGuard>
                </Box>
              </KeyboardContext>
              {screen.overlay && (
                <ScreenGuard key={screen.name} watch={watch} width={columns}>
                  <screen.Component {...size} />
                </ScreenGuard>
              )}
            </Box>
            <Lines rows={said} />
            <Lines
              rows={[
                question
                  ? questionLine(question.text, columns)
                  : footer(keyboard.bindings(), columns),
              ]}
            />
          </Box>
        ) : (
          <Lines rows={tooSmall({ columns, rows }, smallest)} />
        )}
      </ShellContext>
    </KeyboardContext>
  );
}

/** The head of the page, which says on every screen what is being trained. */
function Header(props: { readonly screen: Screen; readonly width: number }): ReactElement {
  const live = useStoreQuery('live', liveRunsOrNone);
  const { screenReader } = useProgram().theme;
  const state = liveWords(live);
  return (
    <Lines
      rows={
        screenReader
          ? screenReaderHeader(props.screen, state)
          : header(screens, props.screen, state, props.width)
      }
    />
  );
}

/** Says of each run that ends how it did, whichever screen is open. */
function Ended({ tell }: { readonly tell: (notice: Notice) => void }): null {
  const live = useStoreQuery('live', liveRunsOrNone);
  const { watch } = useProgram();
  const before = useRef(live);
  const [rings] = usePersistentState(bellState);
  const { write } = useStdout();
  useEffect(() => {
    const gone = before.current.find(({ id }) => !live.some((run) => run.id === id));
    before.current = live;
    if (!gone) return;
    try {
      const notice = endedNotice(getRun(watch.store, gone.id, watch.now()));
      tell(notice);
      if (rings) write(bellFor(escapeControl(notice.text).replaceAll('\n', ' ')));
    } catch {
      // It was deleted, or the screen says that the store cannot be read.
    }
  }, [live, watch, tell, rings, write]);
  return null;
}

/** The runs under way. That they cannot be read is for the screen below to say: it stands in for what is lost. */
function liveRunsOrNone(store: Store, now: number): readonly Run[] {
  try {
    return liveRuns(store, now);
  } catch {
    return [];
  }
}

/** The keys that work on every screen. */
function Everywhere(props: {
  readonly shell: Shell;
  readonly screen: Screen;
  readonly quit: () => void;
  readonly suspend: () => void;
  readonly mouse: () => void;
}): null {
  const { shell, screen, quit, suspend, mouse } = props;
  const opening = Object.fromEntries(
    screens.map(({ name }) => {
      if (name !== screen.name) return [name, () => shell.open(name)];
      return [name, screen.overlay ? shell.back : undefined];
    }),
  );
  useActions(everywhere, { ...opening, quit, suspend, mouse });
  return null;
}

/**
 * Hands keys on one by one: each finds the screen as the one before left it, even where several were typed between
 * two frames.
 * @param draw called after the last of those that wait: what a person did is drawn at once, however short ago the
 * last frame was
 * @returns what takes more of it, from where Ink does not see it
 */
function useTyping(
  keyboard: Keyboard,
  {
    onKey,
    onClick,
    draw,
  }: { onKey: () => void; onClick: (place: Place) => void; draw: () => void },
): (input: MouseInput) => void {
  const waiting = useRef<Typed[]>([]);
  const take = (...typed: Typed[]) => {
    const idle = waiting.current.length === 0;
    waiting.current.push(...typed);
    if (idle) handOn();
  };
  const handOn = () => {
    const next = waiting.current[0];
    if (!next) return;
    onKey();
    if ('pasted' in next) keyboard.paste(next.pasted);
    if ('click' in next) onClick(next.click);
    const left = 'keys' in next ? keyboard.pressNext(next.keys) : [];
    // React draws in the turn of the loop after this one, so the turn after that one sees it drawn.
    setImmediate(() =>
      setImmediate(() => {
        waiting.current.splice(0, 1, ...(left.length > 0 ? [{ keys: left }] : []));
        if (waiting.current.length > 0) handOn();
        else draw();
      }),
    );
  };
  useInput((input, key) => {
    const keys = keysOf(input, key);
    if (keys.length > 0) take({ keys });
  });
  usePaste((pasted) => take({ pasted }));
  return take;
}

type Typed = { readonly keys: readonly string[] } | { readonly pasted: string } | MouseInput;

const homeAndErase = '\u001b[H\u001b[J';
/** Milliseconds that a terminal keeps its size before the whole page is drawn. */
const settled = 150;

/**
 * Draws the whole page once the terminal has its size: a frame made for the size before may have landed in it, and Ink
 * only draws what differs from its own last frame.
 */
function useWholePage(columns: number, rows: number, isPage: boolean): void {
  const { write } = useStdout();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size is what it is about
  useEffect(() => {
    if (!isPage) return;
    const drawn = setTimeout(() => write(homeAndErase), settled);
    return () => clearTimeout(drawn);
  }, [columns, rows, isPage, write]);
}

/** Stops this process and those of its job, as Ctrl-Z does elsewhere, until the shell lets it go on. */
function untilContinued(): Promise<void> {
  if (process.platform === 'win32') return Promise.resolve();
  return new Promise((resolve) => {
    process.once('SIGCONT', () => {
      resolve();
      // The terminal told its new size to who had it meanwhile: the shell.
      process.kill(process.pid, 'SIGWINCH');
    });
    process.kill(0, 'SIGTSTP');
  });
}
