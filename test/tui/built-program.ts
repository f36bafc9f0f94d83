import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The words that start something. */
export type Command = readonly [program: string, ...words: string[]];

/** The program as it is compiled, for the dashboard's JSX does not run as it is written. */
export interface BuiltProgram {
  readonly escriba: Command;
  /** The dashboard of the store in ESCRIBA_DB, where whatever it starts as a process of its own ends at once. */
  readonly dashboardAlone: Command;
  /** The directory with its compiled files, as they lie in the repository. */
  readonly root: string;
  remove(): void;
}

/** Compiles the program into a directory of its own, from which it finds the libraries. */
export function buildProgram(): BuiltProgram {
  const directory = join(root, 'node_modules', '.cache', `escriba-${process.pid}`);
  const whole = join(directory, 'whole');
  const alone = join(directory, 'alone');
  mkdirSync(whole, { recursive: true });
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const { stdout } = spawnSync(
    process.execPath,
    [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--outDir', whole],
    { cwd: root, encoding: 'utf8' },
  );
  const main = join('src', 'cli', 'main.js');
  if (!existsSync(join(whole, main))) throw new Error(`The program does not compile:\n${stdout}`);
  cpSync(join(root, 'package.json'), join(whole, 'package.json'));
  cpSync(whole, alone, { recursive: true });
  writeFileSync(join(alone, main), 'process.exit(1);\n');
  writeFileSync(join(alone, 'dashboard.js'), dashboardAlone);
  return {
    escriba: [process.execPath, join(whole, main)],
    dashboardAlone: [process.execPath, join(alone, 'dashboard.js')],
    root: whole,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

const dashboardAlone = `
process.env.NODE_ENV = 'production';
const { openStore } = await import('./src/store/open.js');
const { runDashboard } = await import('./tui/dashboard.js');
const store = openStore(process.env.ESCRIBA_DB);
const { stdin: input, stdout: output, env: environment } = process;
await runDashboard({ store, input, output, page: 'dark', environment, now: Date.now });
store.close();
`;
