// What `npm start` and `npm run escriba` run in a clone.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';

const program = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

// Where scripts were not run (`npm ci --ignore-scripts`), nothing is built yet.
const failed = existsSync(program) ? 0 : build();
if (failed) process.exitCode = failed;
else {
  // npm goes to the clone's root; files that are named on the command line are meant from where it was typed.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  await import('../dist/src/cli/main.js');
}
