import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TerminalProgram } from '../support/terminal.ts';
import { buildProgram } from './built-program.ts';
import { terminalPicture } from './terminal-picture.ts';

// Makes docs/screens anew: `node test/tui/screens.ts STORE`, or only some: `... STORE 80x24/help 120x40`. The store is looked at in a copy; it
// wants an LSTM of each book that serves it, and a newest run beside those that is one-hot.

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
] as const;
const enter = '\r';
const tab = '\t';

/** Each screen by its name: the keys that lead to it, typed one by one, and what it then shows. */
const screens: readonly {
  readonly name: string;
  readonly keys: readonly string[];
  readonly shows: string | RegExp;
}[] = [
  { name: 'train', keys: ['1'], shows: 'passes' },
  { name: 'train-log', keys: ['1', tab], shows: 'Finished at step' },
  { name: 'runs', keys: ['2'], shows: 'network' },
  { name: 'runs-compared', keys: ['2', 'o', 'g', ' ', 'j', ' ', 'j', ' '], shows: '3 marked' },
  { name: 'new', keys: ['3'], shows: 'parameters' },
  { name: 'write', keys: ['4', 'b', enter, ...waits(24)], shows: /random seed \d/ },
  { name: 'inside-cell', keys: ['5', 'r', ...waits(24), 'r'], shows: 'next' },
  {
    name: 'inside-loop',
    keys: ['5', 'm', 'm', tab, 'r', ...waits(24), 'r'],
    shows: '┌──────┐',
  },
  { name: 'inside-formats', keys: ['5', tab, tab, 'f', 'f'], shows: 'on average' },
  { name: 'inside-map', keys: ['5', tab, tab, tab], shows: 'nearest to' },
  { name: 'bot', keys: ['6', 'i', 'bible seed:Henrique', enter], shows: 'Continue' },
  { name: 'help', keys: ['?'], shows: 'Pause the training' },
];

/** Keys that are none, for as many quarters of a second. */
function waits(count: number): string[] {
  return Array.from({ length: count }, () => '');
}

const [given, ...only] = process.argv.slice(2);
if (given === undefined) throw new Error('Name a store: node test/tui/screens.ts data/escriba.db');
const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const program = buildProgram();
const directory = mkdtempSync(join(tmpdir(), 'escriba-screens-'));
try {
  const store = join(directory, 'escriba.db');
  copyFileSync(resolve(given), store);
  for (const size of sizes) {
    for (const screen of screens) {
      const path = `${size.columns}x${size.rows}/${screen.name}`;
      if (only.length > 0 && !only.some((each) => path.startsWith(each))) continue;
      await show(store, size, screen, true);
      await show(store, size, screen, false);
    }
  }
} finally {
  program.remove();
  rmSync(directory, { recursive: true, force: true });
}

/** Writes a screen down: in colour as a picture, without as text. */
async function show(
  store: string,
  size: (typeof sizes)[number],
  { name, keys, shows }: (typeof screens)[number],
  isColoured: boolean,
): Promise<void> {
  const environment = { ESCRIBA_DB: store, ...(isColoured ? {} : { NO_COLOR: '1' }) };
  const terminal = new TerminalProgram(program.escriba, { ...size, environment });
  try {
    await terminal.see('quit');
    for (const key of keys) {
      terminal.press(key);
      await wait(250);
    }
    await terminal.see(shows, 30_000);
    await wait(300);
    const folder = join(docs, 'screens', `${size.columns}x${size.rows}`);
    mkdirSync(folder, { recursive: true });
    if (isColoured) writeFileSync(join(folder, `${name}.svg`), terminalPicture(terminal.cells()));
    else writeFileSync(join(folder, `${name}.txt`), `${terminal.screen().join('\n').trimEnd()}\n`);
  } finally {
    await terminal.close();
  }
}
