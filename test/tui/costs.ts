import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openStore } from '../../src/store/open.ts';
import { listRuns } from '../../src/store/runs.ts';
import { textOf, tiny } from '../cli/own-text.ts';
import { TerminalProgram } from '../support/terminal.ts';
import { buildProgram, type Command } from './built-program.ts';
import { fillLargeStore, newRun } from './large-store.ts';
import { memoryForm, updatedDashboard, updatingTraining } from './updated-dashboard.ts';

// What the dashboard costs. Nothing else should run meanwhile.
const usage = `node test/tui/costs.ts [--only NAME[,NAME...]] [--updates N] [--pairs N] [--steps N]

opening    from the start to the first whole screen, on a store with 200 runs and 2 million rows of metrics
resting    share of a core where nothing happens, on that store
drawing    share of a core beside a training that is under way
answering  from a key to what it shows, on the large store
memory     how much more memory is held after so many updates of a training (--updates, 36000); with
           MALLOC_ARENA_MAX=1 set, without what glibc keeps for every thread that once worked
slowing    how much slower a training is with a dashboard open: so many pairs (--pairs, 7) of trainings
           of so many steps (--steps, 400) on the Bible, with one and without
`;

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
] as const;
type Size = (typeof sizes)[number];
const usualSize = sizes[1];

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    only: { type: 'string' },
    updates: { type: 'string', default: '36000' },
    pairs: { type: 'string', default: '7' },
    steps: { type: 'string', default: '400' },
  },
});
const measurements = { opening, resting, drawing, answering, memory, slowing };
const named = values.only?.split(',') ?? Object.keys(measurements);
const unknown = named.find((name) => !(name in measurements));
if (unknown !== undefined) throw new Error(`There is no measurement ${unknown}.\n\n${usage}`);

const program = buildProgram();
const directory = mkdtempSync(join(tmpdir(), 'escriba-costs-'));
let large: string | undefined;
try {
  if (values.help) process.stdout.write(usage);
  for (const [name, measure] of Object.entries(measurements)) {
    if (!values.help && named.includes(name)) await measure();
  }
} finally {
  program.remove();
  rmSync(directory, { recursive: true, force: true });
}

/** The store with 200 runs, filled when it is first asked for. */
function largeStore(): string {
  if (large === undefined) {
    large = join(directory, 'large.db');
    fillLargeStore(large);
  }
  return large;
}

function start(command: Command, size: Size, environment: Record<string, string>): TerminalProgram {
  return new TerminalProgram(command, {
    ...size,
    environment: { ESCRIBA_MODELS: 'none', ...environment },
  });
}

async function opening(): Promise<void> {
  const environment = { ESCRIBA_DB: largeStore() };
  for (const size of sizes) {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const began = performance.now();
      const terminal = start(program.escriba, size, environment);
      await terminal.see('quit');
      times.push(performance.now() - began);
      // As a person leaves it, so that its compiled code is kept for the next start.
      terminal.press('q');
      await terminal.exited();
      await terminal.close();
    }
    say(
      'opened on 200 runs, 2 million rows',
      size,
      `${middle(times).toFixed(0)} ms, the longest ${Math.max(...times).toFixed(0)} ms`,
    );
  }
}

async function resting(): Promise<void> {
  const environment = { ESCRIBA_DB: largeStore() };
  for (const size of sizes) {
    for (const screen of ['1', '2']) {
      const terminal = start(program.escriba, size, environment);
      await terminal.see('quit');
      terminal.press(screen);
      await wait(2000);
      say(`at rest, screen ${screen}`, size, share(await busyFor(terminal.pid, 8)));
      await terminal.close();
    }
  }
}

/** Beside a training that is under way, for a minute each. */
async function drawing(): Promise<void> {
  const environment = { ESCRIBA_DB: join(directory, 'training.db') };
  const file = join(directory, 'own.txt');
  writeFileSync(file, textOf(900));
  escriba(['corpus', 'add', 'own', file], environment);
  const words = ['train', 'own', ...tiny, '--minutes', '3'];
  for (const size of sizes) {
    const training = start([...program.escriba, ...words], sizes[0], environment);
    await training.see('step', 30_000);
    const terminal = start(program.escriba, size, environment);
    await terminal.see('● training');
    await wait(2000);
    say('drawing a training', size, share(await busyFor(terminal.pid, 12)));
    await terminal.close();
    await training.close();
  }
}

/** From a key to what it shows. */
async function answering(): Promise<void> {
  const environment = { ESCRIBA_DB: largeStore() };
  for (const size of sizes) {
    const terminal = start(program.escriba, size, environment);
    await terminal.see('quit');
    const times: number[] = [];
    for (let round = 0; round < 15; round++) {
      for (const [key, shows] of [
        ['2', '200 runs'],
        ['?', 'Mark the run'],
        ['1', 'step 10,000'],
      ] as const) {
        await wait(130);
        const began = performance.now();
        terminal.press(key);
        await terminal.see(shows);
        times.push(performance.now() - began);
      }
    }
    say(
      'from a key to its effect',
      size,
      `${middle(times).toFixed(0)} ms, the longest ${Math.max(...times).toFixed(0)} ms`,
    );
    await terminal.close();
  }
}

/**
 * A dashboard whose own process writes a training's steps, one after the other as fast as each is drawn. What it holds
 * is looked at after a tenth of them, when all code is compiled and all caches are filled, and at the end.
 */
async function memory(): Promise<void> {
  const updates = Number(values.updates);
  const script = join(program.root, 'updates.js');
  const report = join(directory, 'memory.json');
  writeFileSync(script, updatedDashboard);
  const training = join(program.root, 'training.js');
  writeFileSync(training, updatingTraining);
  const environment = {
    ESCRIBA_DB: join(directory, 'updates.db'),
    RUN: JSON.stringify(newRun('bible', 1)),
    UPDATES: String(updates),
    TRAINING: training,
    REPORT: report,
  };
  const terminal = start([process.execPath, '--expose-gc', script], usualSize, environment);
  await terminal.see('● training');
  await terminal.exited();
  await terminal.close();
  const { first, last } = memoryForm.parse(JSON.parse(readFileSync(report, 'utf8')));
  const grown = (bytes: number) => `${bytes < 0 ? '' : '+'}${(bytes / 2 ** 20).toFixed(1)} MB`;
  const figures = `${grown(last.heap - first.heap)} of heap, ${grown(last.rss - first.rss)} in the process's memory`;
  say(`held after ${updates} updates`, usualSize, figures);
}

/** Pairs of the same training, with a dashboard open on it and without, by turns in the one order and the other. */
async function slowing(): Promise<void> {
  const environment = { ESCRIBA_DB: join(directory, 'slowing.db') };
  const words = [
    'train',
    'bible',
    '--size',
    'small',
    '--steps',
    values.steps,
    '--random-seed',
    '1',
  ];
  const train = async (isWatched: boolean): Promise<number> => {
    const dashboard = isWatched ? start(program.escriba, usualSize, environment) : undefined;
    await dashboard?.see('quit');
    const training = start([...program.escriba, ...words], sizes[0], environment);
    const code = await training.exited();
    await training.close();
    await dashboard?.close();
    if (code !== 0) throw new Error(`The training ended with ${code}.`);
    const store = openStore(environment.ESCRIBA_DB);
    const elapsed = listRuns(store, Date.now())[0]?.elapsed ?? Number.NaN;
    store.close();
    return elapsed;
  };
  await train(false);
  const slower: number[] = [];
  for (let pair = 0; pair < Number(values.pairs); pair++) {
    const firstIsWatched = pair % 2 === 0;
    const one = await train(firstIsWatched);
    const other = await train(!firstIsWatched);
    slower.push(firstIsWatched ? one / other - 1 : other / one - 1);
  }
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  say(
    `a training of ${values.steps} steps is slower by`,
    usualSize,
    `${percent(middle(slower))}, median of ${slower.length} pairs from ${percent(Math.min(...slower))} to ${percent(Math.max(...slower))}`,
  );
}

function escriba(words: readonly string[], environment: Record<string, string>): void {
  const [node, ...rest] = program.escriba;
  execFileSync(node, [...rest, ...words], { env: { ...process.env, ...environment } });
}

/** Seconds of processor time a second. */
async function busyFor(pid: number, seconds: number): Promise<number> {
  const before = processorSeconds(pid);
  await wait(seconds * 1000);
  return (processorSeconds(pid) - before) / seconds;
}

/** Of a process and all its threads, as Linux counts it. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function share(value: number): string {
  return `${(value * 100).toFixed(1)} % of a core`;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function say(what: string, { columns, rows }: Size, figure: string): void {
  process.stdout.write(`${what}, ${columns}x${rows}: ${figure}\n`);
}
