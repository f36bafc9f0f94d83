// Builds dist/. Plain JavaScript, since it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `import.meta.dirname` came with Node 20.11, and an old Node builds too.
const root = fileURLToPath(new URL('..', import.meta.url));

/** Compiles with the TypeScript that is installed; without it (`npm ci --omit=dev`), with one that npm fetches for this once. */
export function build() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = ['-p', join(root, 'tsconfig.build.json')];
  if (existsSync(compiler)) return run(process.execPath, [compiler, ...project]) || copyPython();
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // The types of libraries were left out too, so none are checked.
  const unchecked = ['--noCheck', '--declaration', 'false'];
  const fetched = `--package=typescript@${devDependencies.typescript}`;
  return (
    run('npm', ['exec', '--yes', fetched, '--', 'tsc', ...project, ...unchecked]) || copyPython()
  );
}

/** What Python reads lies beside what starts it. */
function copyPython() {
  const file = join('src', 'engine', 'torch', 'escriba_torch.py');
  copyFileSync(join(root, file), join(root, 'dist', file));
  return 0;
}

function run(command, words) {
  // npm is a shell script on Windows.
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, words, { cwd: root, stdio: 'inherit', shell });
  if (error) console.error(`error: ${command} could not be run: ${error.message}`);
  return status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = build();
