import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { books } from '../../data/books.ts';
import { findBot } from '../../src/store/bot-heartbeat.ts';
import { listCheckpoints } from '../../src/store/checkpoints.ts';
import { listCorpora } from '../../src/store/corpora.ts';
import type { Store } from '../../src/store/database.ts';
import { listHeartbeats } from '../../src/store/heartbeats.ts';
import { openStore } from '../../src/store/open.ts';
import { getRun, listRuns } from '../../src/store/runs.ts';
import { listSamples } from '../../src/store/samples.ts';
import { Random } from '../../src/text/random.ts';
import { addNetwork } from '../bot/support/networks.ts';
import { ownText, tiny } from '../cli/own-text.ts';
import { meddle } from '../store/temporary.ts';
import { startDiscord } from '../support/discord/start.ts';
import { TerminalProgram } from '../support/terminal.ts';
import { type BuiltProgram, buildProgram } from './built-program.ts';

let program: BuiltProgram;
let directory: string;
/** A store with a text of its own and two runs that have ended: what a test changes, it changes in a copy. */
let prepared: string;

beforeAll(() => {
  program = buildProgram();
  directory = mkdtempSync(join(tmpdir(), 'escriba-tui-'));
  prepared = join(directory, 'prepared.db');
  const file = join(directory, 'own.txt');
  writeFileSync(file, ownText);
  const escriba = (...words: string[]) =>
    execFileSync(program.escriba[0], [...program.escriba.slice(1), ...words], {
      env: { ...process.env, ESCRIBA_DB: prepared },
      stdio: 'pipe',
    });
  escriba('corpus', 'add', 'own', file);
  escriba('train', 'own', ...tiny, '--steps', '60', '--random-seed', '1');
  escriba('train', 'own', '--cell', 'gru', ...tiny, '--steps', '40', '--random-seed', '2');
}, 120_000);

afterAll(() => {
  program.remove();
  rmSync(directory, { recursive: true, force: true });
});

/** A dashboard on a store of its own; what it started ends with the test. */
async function openDashboard({
  store = copyOfStore(),
  columns = 100,
  rows = 30,
  environment = {},
  page,
}: {
  store?: string;
  columns?: number;
  rows?: number;
  environment?: Record<string, string>;
  page?: string;
} = {}): Promise<{ terminal: TerminalProgram; store: string }> {
  const terminal = new TerminalProgram(program.escriba, {
    columns,
    rows,
    environment: { ESCRIBA_DB: store, ESCRIBA_MODELS: 'none', ...environment },
    page,
  });
  onTestFinished(async () => {
    await terminal.close();
    for (const pid of trainingPids(store)) process.kill(pid, 'SIGKILL');
  });
  await terminal.see('quit');
  return { terminal, store };
}

function copyOfStore(): string {
  const path = join(directory, `${crypto.randomUUID()}.db`);
  copyFileSync(prepared, path);
  return path;
}

function reading<T>(path: string, read: (store: Store) => T): T {
  const store = openStore(path);
  try {
    return read(store);
  } finally {
    store.close();
  }
}

function trainingPids(path: string): number[] {
  return reading(path, (store) =>
    listHeartbeats(store, Date.now()).flatMap(({ pid, alive }) => (alive ? [pid] : [])),
  );
}

const enter = '\r';
const leave = '\x1b';
const down = '\x1b[B';
const right = '\x1b[C';

/** Fills in the form for a small network on the text of its own that trains for long, and starts it. */
async function startTraining(terminal: TerminalProgram): Promise<void> {
  terminal.press('n');
  await terminal.see('A new training');
  // The books stand before the texts of one's own.
  terminal.press(right.repeat(books.length));
  await terminal.see('‹ own ›');
  const fields: [title: string, value: string][] = [
    ['hidden', '16'],
    ['embedding', '8'],
    ['batch', '4'],
    ['unroll', '16'],
  ];
  for (const [title, value] of fields) {
    if (title === 'batch') {
      terminal.press('o');
      await terminal.see('A new training: more options');
    }
    for (let tries = 0; !isChosen(terminal, title) && tries < 20; tries++) {
      const before = chosenField(terminal);
      terminal.press(down);
      await terminal.until(() => chosenField(terminal) !== before, 'another field is chosen');
    }
    terminal.press(`i${value}${enter}`);
    await terminal.see(`‹ ${value} ›`);
  }
  terminal.press(enter);
  await terminal.see(/● training/);
}

/** Answers a question that is seen: it takes no key in the first moments. */
async function answer(terminal: TerminalProgram, key: 'y' | 'n', question: string): Promise<void> {
  await wait(350);
  terminal.press(key);
  await terminal.until(() => !terminal.screen().join('\n').includes(question), 'it is answered');
}

/** The name of the field that has the pointer; what is measured meanwhile changes beside it. */
function chosenField(terminal: TerminalProgram): string | undefined {
  return /▸ ([a-z ]+?) {2}/.exec(terminal.screen().join('\n'))?.[1];
}

function isChosen(terminal: TerminalProgram, title: string): boolean {
  return terminal.screen().some((row) => row.includes(`▸ ${title}`));
}

describe('a training', () => {
  test('is begun by the form, waits, goes on, keeps, writes, stops and is resumed', async () => {
    const { terminal, store } = await openDashboard();
    await startTraining(terminal);
    terminal.press('p');
    await terminal.see('‖ paused');
    terminal.press('p');
    await terminal.see('● training');
    terminal.press('c');
    await terminal.see('Saving a checkpoint');
    terminal.press('wthe scribe');
    await terminal.see('starting with the scribe');
    terminal.press(enter);
    await terminal.see(/^ the scribe/m);
    terminal.press('s');
    await terminal.see('Stop run 3?');
    await answer(terminal, 'n', 'Stop run 3?');
    expect(reading(store, (each) => getRun(each, 3, Date.now()).state)).toBe('running');
    terminal.press('s');
    await terminal.see('Stop run 3?');
    await answer(terminal, 'y', 'Stop run 3?');
    await terminal.see('■ stopped');
    terminal.press('r');
    await terminal.see('● training');
    const [run] = reading(store, (each) => listRuns(each, Date.now()));
    expect(run).toMatchObject({
      id: 3,
      corpus: 'own',
      network: { cell: 'lstm', hidden: 16, embedding: 8, layers: 1 },
      settings: { batch: 4, unroll: 16 },
    });
    const seeds = reading(store, (each) => listSamples(each, 3, 100)).map(({ seed }) => seed);
    expect(seeds).toContain('the scribe');
  });

  test('outlives a dashboard that is killed; killed itself, it is said within 5 s, and can be resumed', async () => {
    const { terminal: first, store } = await openDashboard();
    await startTraining(first);
    first.press('c');
    await first.see('Saving a checkpoint');
    await first.until(() => checkpoints(store, 3) > 0, 'there is a checkpoint');
    process.kill(first.pid, 'SIGKILL');
    await first.exited();

    const { terminal } = await openDashboard({ store });
    await terminal.see('● training');
    const [pid = 0] = trainingPids(store);
    process.kill(pid, 'SIGKILL');
    await terminal.see(/† died/, 5_000);
    await terminal.see('r resume');
    terminal.press('r');
    await terminal.see('● training');
    expect(trainingPids(store)).not.toContain(pid);
  });

  test('that ends beside another stays in sight, and the other is offered', async () => {
    const store = copyOfStore();
    const begin = async (id: number) => {
      const words = ['train', 'own', ...tiny, '--steps', '1000000', '--json'];
      const environment = { ...process.env, ESCRIBA_DB: store };
      const [command, ...first] = program.escriba;
      const child = spawn(command, [...first, ...words], { env: environment, stdio: 'pipe' });
      onTestFinished(() => void child.kill('SIGKILL'));
      await once(child.stdout, 'data');
      return { id, child };
    };
    const [staying, dying] = [await begin(3), await begin(4)];
    const { terminal } = await openDashboard({ store });
    await terminal.see(`run ${dying.id}`);
    terminal.press('b');
    await terminal.see('The bell rings when a training ends.');
    expect(terminal.bells).toBe(0);
    dying.child.kill('SIGKILL');
    await terminal.see('† died', 5_000);
    await terminal.see(`Run ${staying.id} (own) is training: o shows it.`);
    await terminal.until(() => terminal.bells === 1, 'it has rung once');
    terminal.press('o');
    await terminal.see(new RegExp(`run ${staying.id} .*● training`));
  });

  test('is queued behind the one that runs, starts when that ends, and never unasked', async () => {
    const { terminal, store } = await openDashboard();
    await startTraining(terminal);
    const [pid = 0] = trainingPids(store);
    terminal.press('n');
    await terminal.see('A new training');
    terminal.press(enter);
    await terminal.see('Run 3 is training; two at once are both slower.');
    terminal.press(enter);
    await terminal.see('Queued: it starts when none is training');
    await terminal.see('Queued: a training on own.');
    expect(trainingPids(store)).toEqual([pid]);
    process.kill(pid, 'SIGKILL');
    await terminal.see(/run 4 .*● training/);
    // Of the one that was ended, the log has the last words.
    terminal.press('h\t');
    await terminal.see(/\d {2}Started, for [\d,]+ steps\./);
    await terminal.see('Its process was ended by SIGKILL.');
    terminal.press('n');
    await terminal.see('A new training');
    terminal.press(enter);
    await terminal.see('Run 4 is training');
    terminal.press(enter);
    await terminal.see('Queued: a training on own.');
    // Left, it says what did not start, and with which command it would.
    terminal.press('q');
    expect(await terminal.exited()).toBe(0);
    expect(terminal.screen().join('')).toMatch(
      /Not started: a training on own. Start it with `escriba train own/,
    );
  });

  test('may be on a text that is added here', async () => {
    const { terminal, store } = await openDashboard();
    const file = join(directory, 'Some words.txt');
    writeFileSync(file, ownText);
    terminal.press('n');
    await terminal.see('A new training');
    terminal.press('t');
    await terminal.see('Which text?');
    terminal.press(`jj${enter}`);
    await terminal.see('Text file');
    terminal.press(`${file}${enter}`);
    await terminal.see('hyphens) some-words');
    terminal.press(enter);
    await terminal.see('‹ some-words ›');
    expect(reading(store, listCorpora).map(({ name }) => name)).toContain('some-words');
    terminal.press('t');
    await terminal.see('Which text?');
    terminal.press(enter);
    await terminal.see('Its file (empty: download it)');
    terminal.press(`${file}${enter}`);
    await terminal.see('✗ error:');
  });

  test('that cannot begin says why', async () => {
    const { terminal } = await openDashboard();
    terminal.press('n');
    await terminal.see('A new training');
    terminal.press(right);
    await terminal.see("Plato's Republic");
    terminal.press(enter);
    await terminal.see('did not start');
    await terminal.see('escriba corpus fetch plato');
  });
});

function checkpoints(path: string, run: number): number {
  return reading(path, (store) => listCheckpoints(store, run).length);
}

describe('the screens', () => {
  test('compare runs, and delete one only after a question', async () => {
    const { terminal, store } = await openDashboard();
    terminal.press('2');
    await terminal.see('2 runs');
    terminal.press(' j ');
    await terminal.see('2 marked');
    await terminal.see(/◆ .*run 2/);
    await terminal.see(/● .*run 1/);
    terminal.press(enter);
    await terminal.see('learning rate');
    terminal.press(leave);
    await terminal.see('newest first');
    terminal.press('d');
    await terminal.see('Delete runs 2 and 1 and their checkpoints?');
    await answer(terminal, 'n', 'Delete runs');
    terminal.press(leave);
    await terminal.until(() => !terminal.screen().join('\n').includes('marked'), 'none is marked');
    terminal.press('d');
    await terminal.see('Delete run 1');
    await answer(terminal, 'n', 'Delete run 1');
    expect(reading(store, (each) => listRuns(each, Date.now()).length)).toBe(2);
    // Typed ahead of the question, a yes is none.
    terminal.press('dy');
    await terminal.see('Delete run 1');
    expect(reading(store, (each) => listRuns(each, Date.now()).length)).toBe(2);
    await answer(terminal, 'y', 'Delete run 1');
    await terminal.see(/^ 1 run .*1 deleted/m);
    terminal.press('u');
    await terminal.see(/^ 2 runs /m);
    terminal.press('d');
    await terminal.see('Delete run 1');
    await answer(terminal, 'y', 'Delete run 1');
    await terminal.see(/^ 1 run .*1 deleted/m);
    expect(reading(store, (each) => listRuns(each, Date.now()).length)).toBe(2);
    terminal.press('q');
    expect(await terminal.exited()).toBe(0);
    expect(terminal.screen().join('\n')).toContain('Deleted run 1.');
    expect(reading(store, (each) => listRuns(each, Date.now()).map(({ id }) => id))).toEqual([2]);
  });

  test('run no command on Alt and a letter while one types, and lose nothing of it', async () => {
    const { terminal, store } = await openDashboard();
    terminal.press('2/own words');
    await terminal.see('Only runs with own words');
    terminal.press('\x1bb');
    terminal.press('\x1bd');
    await terminal.see(/Only runs with own *$/m);
    terminal.press('yes');
    await terminal.see('Only runs with own yes');
    expect(reading(store, (each) => listRuns(each, Date.now()).length)).toBe(2);
    terminal.press('\x07');
    await terminal.see(helpIsOpen);
    terminal.press('?');
    await terminal.see('Only runs with own yes');
  });

  test('export all that are marked, and ask before they overwrite', async () => {
    const { terminal } = await openDashboard();
    const folder = mkdtempSync(join(directory, 'exported-'));
    terminal.press('2M');
    await terminal.see('2 marked');
    terminal.press(`e\x15${folder}/*.onnx${enter}`);
    await terminal.see('Exported 2 runs.');
    expect(readdirSync(folder)).toEqual(['own-1.onnx', 'own-2.onnx']);
    terminal.press(`e\x15${folder}/*.onnx${enter}`);
    await terminal.see('2 of the files exist. Overwrite them?');
  });

  test('name a run, note something on it and pin it', async () => {
    const { terminal, store } = await openDashboard();
    terminal.press('2');
    await terminal.see('2 runs');
    terminal.press(`j#first light${enter}`);
    await terminal.see('first light');
    terminal.press(`ttoo hot${enter}p`);
    await terminal.see(/▴ {2}1/);
    expect(reading(store, (each) => getRun(each, 1, Date.now()))).toMatchObject({
      ...{ name: 'first light', note: 'too hot', pinned: true },
    });
    terminal.press(`/first${enter}`);
    await terminal.see(/^ 1 run /m);
  });

  test('filter and order the runs, and choose which one serves', async () => {
    const { terminal } = await openDashboard();
    terminal.press(`2/gru${enter}`);
    await terminal.see(/^ 1 run /m);
    terminal.press(`/\x15cll:gru${enter}`);
    await terminal.see('There is no field cll; there are cell, state, text, origin, name,');
    terminal.press(`/\x15${enter}oo`);
    await terminal.see(/2 runs .*by text/);
    terminal.press('v');
    await terminal.see('Which run writes for own?');
    terminal.press(`jj${enter}`);
    await terminal.see(/Run \d writes for own/);
  });

  test('write a text from a seed, and two side by side', async () => {
    const { terminal } = await openDashboard();
    terminal.press(`4i\x15the reader${enter}`);
    await terminal.see('the reader');
    terminal.press(enter);
    await terminal.see('random seed');
    terminal.press(`b${enter}`);
    await terminal.see(/random seed (\d+),.*random seed \1/);
    terminal.press('m');
    await terminal.see('Which network writes?');
    terminal.press(`j${enter}b`);
    await terminal.see(/own, run \d/);
    // A word of the text gets no letters (the text has reader too), but for a hyphen that asks for them.
    for (const [seed, shown] of [
      ['read', /^ +read(?![a-z])/m],
      ['rea-', /^ +rea(?!-)/m],
    ] as const) {
      terminal.press(`i\x15${seed}${enter}`);
      await terminal.see(`seed  ${seed}`);
      terminal.press(enter);
      await terminal.see(shown);
      await terminal.see(/characters, [\d.]+k?\/s/);
    }
  });

  test('save a text and a chart as whole files, which take the place of those that were there', async () => {
    const { terminal } = await openDashboard();
    const saved = (name: string) => {
      const path = join(directory, name);
      writeFileSync(path, 'before');
      linkSync(path, `${path}.before`);
      return path;
    };
    const [text, svg, png] = [saved('text.txt'), saved('chart.svg'), saved('chart.png')];
    terminal.press(`4${enter}`);
    await terminal.see(/characters, [\d.]+k?\/s/);
    terminal.press('e');
    await terminal.see('Save the text to');
    terminal.press(`\x15${text}${enter}`);
    await terminal.see('Overwrite it?');
    await answer(terminal, 'y', 'Overwrite it?');
    await terminal.see('Saved');
    terminal.press('1P');
    await terminal.see('Save the chart');
    terminal.press(`\x15${svg}${enter}`);
    await terminal.see('Overwrite?');
    await answer(terminal, 'y', 'Overwrite?');
    await terminal.see('Saved chart.svg and chart.png.');
    expect(readFileSync(text, 'utf8')).toMatch(/\S\n$/);
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg .*<\/svg>\s*$/s);
    expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
    for (const path of [text, svg, png]) {
      expect(readFileSync(`${path}.before`, 'utf8')).toBe('before');
    }
  });

  test('show inside, step by step, what the network computes and draws', async () => {
    const { terminal } = await openDashboard();
    terminal.press(`5i\x15th${enter}`);
    await terminal.see('◂ read');
    await terminal.see('c′ = f∘c + i∘g');
    await terminal.see('all 16 units');
    terminal.press('  ');
    await terminal.see('◂ drawn');
    terminal.press('\t');
    await terminal.see('┌──────┐');
    terminal.press('\tff');
    await terminal.see('bits per character on average');
    terminal.press('\t');
    await terminal.see('nearest to e');
  });

  test('open by a click on their tabs, and scroll by the wheel', async () => {
    const { terminal } = await openDashboard();
    expect(terminal.hasMouse).toBe(true);
    terminal.click('Runs');
    await terminal.see(/▸ +2 ✓/);
    terminal.wheel('down');
    await terminal.see(/▸ +1 ✓/);
    terminal.wheel('up');
    await terminal.see(/▸ +2 ✓/);
    // What is typed stays: a tab opens no more than its key would.
    terminal.press('/some words');
    await terminal.see('Only runs with some words');
    terminal.click('Write');
    terminal.wheel('down');
    terminal.press('!');
    await terminal.see('Only runs with some words!');
    terminal.press(leave);
    await terminal.see('2 runs');
    terminal.click('Help');
    await terminal.see(helpIsOpen);
    terminal.click('Write');
    await terminal.see('random seed');
  });

  test('leave the mouse to the terminal where a person wants to select text', async () => {
    const { terminal } = await openDashboard();
    terminal.press('\x14');
    await terminal.see('Ctrl-T takes it back');
    expect(terminal.hasMouse).toBe(false);
    terminal.press('\x14');
    await terminal.see('The mouse is back');
    expect(terminal.hasMouse).toBe(true);
    const { terminal: other } = await openDashboard({ environment: { ESCRIBA_MOUSE: 'off' } });
    expect(other.hasMouse).toBe(false);
  });

  test('help with every key, also while one types, and lead back', async () => {
    const { terminal } = await openDashboard();
    terminal.press('2/some words');
    await terminal.see('Only runs with some words');
    terminal.press('\x07');
    await terminal.see(helpIsOpen);
    await terminal.see('Show only the runs with these words');
    terminal.press('j');
    await terminal.see('Quit; trainings continue');
    terminal.press('?');
    await terminal.see('newest first');
  });
});

describe('the terminal', () => {
  test.each([
    ['q', 'q'],
    ['Ctrl-C', '\x03'],
    ['Ctrl-C while typing', '4i\x03'],
    ['Ctrl-C while a network is opened', '5\x03'],
  ])('is as it was found after %s', async (_, keys) => {
    const { terminal } = await openDashboard();
    expect(terminal.isOnOtherScreen).toBe(true);
    terminal.press(keys);
    expect(await terminal.exited()).toBe(0);
    expect(terminal.isOnOtherScreen).toBe(false);
    expect(terminal.isCursorShown).toBe(true);
    expect(terminal.hasMouse).toBe(false);
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('is as it was found after %s', async (signal) => {
    const { terminal } = await openDashboard();
    process.kill(terminal.pid, signal);
    await terminal.exited();
    expect(terminal.isOnOtherScreen).toBe(false);
    expect(terminal.isCursorShown).toBe(true);
    expect(terminal.hasMouse).toBe(false);
  });

  test('may be small, large, and resized: too small says so', async () => {
    const { terminal } = await openDashboard({ columns: 60, rows: 20 });
    for (const [columns, rows] of [
      [40, 10],
      [200, 60],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows);
      await terminal.see(columns < 60 ? 'This terminal is' : 'own');
    }
    terminal.press('q');
    expect(await terminal.exited()).toBe(0);
  });

  test('resized, shows nothing that was not drawn for its size', async () => {
    const { terminal } = await openDashboard({ columns: 80, rows: 24 });
    const stray = 'from a frame of another size';
    const everywhere = Array.from({ length: 24 }, (_, row) => `\u001b[${row + 1};1H${stray}`);
    expect((await terminal.writeOver(everywhere.join(''))).join('\n')).toContain(stray);
    terminal.resize(100, 24);
    await terminal.until(
      () => !terminal.screen().join('\n').includes(stray),
      'the whole page is drawn',
    );
    await terminal.see('own');
  });

  test.skipIf(process.platform === 'win32')(
    'that the shell had meanwhile, and another size, gets the whole page at that size',
    async () => {
      const terminal = new TerminalProgram(['/bin/sh', '-i'], {
        columns: 100,
        rows: 30,
        environment: { ESCRIBA_DB: copyOfStore(), ESCRIBA_MODELS: 'none', PS1: 'shell> ' },
      });
      onTestFinished(() => terminal.close());
      await terminal.see('shell>');
      terminal.press(`${program.escriba.join(' ')}\r`);
      await terminal.see('quit');
      terminal.press('\x1a');
      await terminal.see(/Stopped[\s\S]*shell> ?$/m);
      terminal.resize(70, 24);
      terminal.press('fg\r');
      // The line under the head is as wide as the page.
      await terminal.see(/^[─━]{70}$/m);
      await terminal.see(/q quit$/m);
    },
  );

  test.each([
    ['light', 'fdfd/f6f6/e3e3', '#585248'],
    ['dark', '0000/2b2b/3636', '#aca598'],
  ])('that says that its page is %s gets the inks for that', async (_, page, quiet) => {
    const { terminal } = await openDashboard({ page });
    const colours = new Set(terminal.cells().flatMap((row) => row.map(({ colour }) => colour)));
    expect(colours).toContain(quiet);
    expect(colours).not.toContain(quiet === '#585248' ? '#aca598' : '#585248');
  });

  test('gets no colour where NO_COLOR is set, and no braille where it has none', async () => {
    const { terminal } = await openDashboard({ environment: { NO_COLOR: '1', TERM: 'linux' } });
    terminal.press('2');
    await terminal.see('2 runs');
    const cells = terminal.cells().flat();
    expect(cells.filter(({ colour }) => colour !== undefined)).toEqual([]);
    expect(terminal.screen().join('')).not.toMatch(/[\u2801-\u28ff]/);
    expect(terminal.screen().join('')).toMatch(/[▀▄█]/);
  });

  test('read aloud, gets sentences instead of pictures', async () => {
    const store = copyOfStore();
    const terminal = new TerminalProgram(program.escriba, {
      columns: 100,
      rows: 60,
      environment: { ESCRIBA_DB: store, INK_SCREEN_READER: 'true' },
    });
    onTestFinished(() => terminal.close());
    await terminal.see('Bits per character of the training part');
    expect(terminal.screen().join('')).not.toMatch(/[\u2500-\u259f\u2801-\u28ff]/);
  });

  test('is not there: a page of status with a passage of each book', async () => {
    const [file, ...words] = program.escriba;
    const child = spawn(file, words, {
      env: { ...process.env, ESCRIBA_DB: copyOfStore(), npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [page, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(code).toBe(0);
    expect(page).toMatch(/^No training in progress\./);
    expect(page).toMatch(/Run 2, finished/);
    expect(page).toMatch(/own, written by run 1, .*:\n\n.+/);
    expect(page).toMatch(/\n\nIn this folder, `escriba` is `npm run -s escriba --`\.\n$/);
  });

  test('that cannot draw gets the page of status', async () => {
    const terminal = new TerminalProgram(program.escriba, {
      columns: 100,
      rows: 60,
      environment: { ESCRIBA_DB: copyOfStore(), TERM: 'dumb' },
    });
    onTestFinished(() => terminal.close());
    expect(await terminal.exited()).toBe(0);
    expect(terminal.screen().join('\n')).toMatch(
      /^No training in progress\.[\s\S]*Run 2, finished/,
    );
  });
});

test('the bot is started, answers, is asked in the console, and is stopped', async () => {
  const discord = await startDiscord();
  onTestFinished(() => discord.stop());
  discord.addServer();
  const store = copyOfStore();
  addNetwork(store, 'bible', 'Henrique said so and so,\n');
  const { terminal } = await openDashboard({
    store,
    environment: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  });
  terminal.press('6');
  await terminal.see('The bot is not running.');
  terminal.press('s');
  await terminal.see(/● on Discord {2}1 server /);
  await terminal.see('no answers yet');
  const asked = discord.interact({ command: 'bible', options: { seed: 'Henrique' }, user: '4711' });
  expect((await asked.answer()).content).toMatch(/^\*\*Henrique\*\*/);
  await terminal.see(/response time \d+ ms|response time \d+\.\d s/);

  terminal.press('l');
  await terminal.see('Copied, if your terminal allows it');

  terminal.press(`i/bible seed:Henrique${enter}`);
  await terminal.see(/› \/bible seed:Henrique\n[\s\S]*^ +Henrique[\s\S]*1 Again/m);
  // The line before comes back on ↑, and a Tab completes what is typed.
  terminal.press('i\x1b[A');
  await terminal.see(/^ › \/bible seed:Henrique *$/m);
  terminal.press('\x15/bib\t');
  await terminal.see(/^ › \/bible *$/m);
  terminal.press('s\t');
  await terminal.see(/^ › \/bible seed: *$/m);
  terminal.press(`\x153${enter}`);
  await terminal.see(/› 3\n[\s\S]*^ +…(?: |$)[\s\S]*1 Again/m);

  terminal.press('x');
  await terminal.see('Stop the bot');
  await answer(terminal, 'y', 'Stop the bot');
  await terminal.see('The bot is not running.');
  expect(reading(store, (each) => findBot(each, Date.now()))).toBeUndefined();
});

test('a store that breaks is said on the screen, and all is there again once it is mended', async () => {
  const { terminal, store } = await openDashboard();
  await terminal.see('✓ finished');
  meddle(store, 'ALTER TABLE heartbeats RENAME TO away');
  await terminal.see('Something went wrong.');
  terminal.press('?');
  await terminal.see(helpIsOpen);
  meddle(store, 'ALTER TABLE away RENAME TO heartbeats');
  terminal.press('?');
  await terminal.see('✓ finished');
});

test('an empty store says what can be done first', async () => {
  const { terminal } = await openDashboard({ store: join(directory, 'empty.db') });
  await terminal.see('Nothing has been trained yet.');
  await terminal.see('Enter  trains a small network on the King James Bible for a minute');
  terminal.press('4');
  await terminal.see('No network has been trained yet.');
});

/** The bar that lies under the name of the open screen, at any width that a screen fits into. */
const helpIsOpen = /^─{40,}━{6}(?!━)/m;

describe('keys pressed at random', () => {
  const keyCount = Number(process.env.ESCRIBA_RANDOM_KEYS ?? 800);
  const seed = Number(process.env.ESCRIBA_RANDOM_SEED ?? 5);
  /** So many are pressed on one dashboard before it is left and opened again. */
  const keysEach = 250;
  // Not those that leave, and not the one that answers yes.
  const keys = [
    ...'abcdefghijklmnoprstuvwxzABCDEFGHIJKLMNOPRSTUVWXZ0123456789 /?:;,.+-*#~@!é漢😀',
    ...['\r', '\t', '\x7f', '\x1b', '\x1b[A', '\x1b[B', '\x1b[C', '\x1b[D', '\x1b[5~', '\x1b[6~'],
    ...['\x1b[H', '\x1b[F', '\x1b[3~', '\x1b[Z', '\x01', '\x15', '\x17', '\x07'],
    '\x1b[200~a\nb\x1b[201~',
    ...['\x1b[<64;9;9M', '\x1b[<65;9;9M', '\x1b[<0;9;9M', '\x1b[<0;9;1M', '\x1b[<0;30;1M', '\x14'],
    ...[
      '\x1bb',
      '\x1bd',
      '\x1bf',
      '\x1b\x7f',
      '\x1b[1;5D',
      '\x1b[1;5C',
      '\x1b[1;3D',
      '\x0b',
      '\x19',
    ],
  ];

  test(
    `at random sizes crash nothing and delete nothing, and Help and Quit always answer (${keyCount} keys, seed ${seed})`,
    async () => {
      const store = copyOfStore();
      const random = Random.seeded(seed, 'keys');
      const pick = <T>(from: readonly T[]): T => from[random.below(from.length)] as T;
      for (let pressed = 0; pressed < keyCount; ) {
        const terminal = new TerminalProgram(program.dashboardAlone, {
          columns: 80,
          rows: 24,
          environment: { ESCRIBA_DB: store },
        });
        onTestFinished(() => terminal.close());
        await terminal.see('quit');
        const end = Math.min(keyCount, pressed + keysEach);
        while (pressed < end) {
          const burst = Array.from({ length: 1 + random.below(20) }, () => pick(keys));
          pressed += burst.length;
          // Smaller than any screen too.
          terminal.resize(30 + random.below(200), 8 + random.below(60));
          terminal.press(String(1 + random.below(6)) + burst.join(''));
          terminal.resize(60 + random.below(140), 20 + random.below(40));
          // What an Escape at the end would make another key of; then 1 leaves the help, or is typed.
          terminal.press('ee1\x07');
          await terminal.see(helpIsOpen);
        }
        terminal.press('\x03');
        expect(await terminal.exited()).toBe(0);
        expect(terminal.isOnOtherScreen).toBe(false);
        expect(reading(store, (each) => listRuns(each, Date.now()).length)).toBe(2);
      }
    },
    60_000 + keyCount * 100,
  );
});
