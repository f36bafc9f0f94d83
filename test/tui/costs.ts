import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TerminalProgram } from '../support/terminal.ts';
import { buildProgram } from './built-program.ts';
import { fillLargeStore } from './large-store.ts';

// What the dashboard costs: `node test/tui/costs.ts [opening] [resting] [drawing] [answering]`, all where none is
// named. Nothing else should run meanwhile.

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
] as const;

const program = buildProgram();
const directory = mkdtempSync(join(tmpdir(), 'escriba-costs-'));
const large = join(directory, 'large.db');
try {
  fillLargeStore(large);
  const measurements = { opening, resting, drawing, answering };
  const named = process.argv.slice(2);
  for (const [name, measure] of Object.entries(measurements)) {
    if (named.length === 0 || named.includes(name)) await measure();
  }
} finally {
  program.remove();
  rmSync(directory, { recursive: true, force: true });
}

function start(
  size: { readonly columns: number; readonly rows: number },
  store: string,
): TerminalProgram {
  return new TerminalProgram(program.escriba, { ...size, environment: { ESCRIBA_DB: store } });
}

async function opening(): Promise<void> {
  for (const size of sizes) {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const began = performance.now();
      const terminal = start(size, large);
      await terminal.see('quit');
      times.push(performance.now() - began);
      await terminal.close();
    }
    say('opened on 200 runs, 2 million rows', size, `${middle(times).toFixed(0)} ms`);
  }
}

async function resting(): Promise<void> {
  for (const size of sizes) {
    for (const screen of ['1', '2']) {
      const terminal = start(size, large);
      await terminal.see('quit');
      terminal.press(screen);
      await wait(2000);
      say(`at rest, screen ${screen}`, size, share(await busyFor(terminal.pid, 8)));
      await terminal.close();
    }
  }
}

/** Beside a training that is under way. */
async function drawing(): Promise<void> {
  const store = join(directory, 'training.db');
  const file = join(directory, 'own.txt');
  writeFileSync(
    file,
    Array.from({ length: 900 }, (_, line) => `${line} the scribe wrote a line, and another.`).join(
      '\n\n',
    ),
  );
  const environment = { ...process.env, ESCRIBA_DB: store };
  const [node, main] = program.escriba;
  execFileSync(node, [String(main), 'corpus', 'add', 'own', file], { env: environment });
  for (const size of sizes) {
    const training = new TerminalProgram(
      [...program.escriba, ...'train own --size small --minutes 2 --threads 1'.split(' ')],
      { columns: 80, rows: 24, environment: { ESCRIBA_DB: store } },
    );
    await training.see('step', 30_000);
    const terminal = start(size, store);
    await terminal.see('● training');
    await wait(2000);
    say('drawing a training', size, share(await busyFor(terminal.pid, 12)));
    await terminal.close();
    await training.close();
  }
}

/** From a key to what it shows. */
async function answering(): Promise<void> {
  for (const size of sizes) {
    const terminal = start(size, large);
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

function say(
  what: string,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  figure: string,
): void {
  process.stdout.write(`${what}, ${columns}x${rows}: ${figure}\n`);
}
