import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EscribaError } from '../../src/errors.ts';

/** Runs `escriba` as it was built and gives what it writes, in pieces as they come. */
export type Escriba = (...args: readonly string[]) => AsyncGenerator<string, void, undefined>;

/** `escriba` as it was built. */
export const program = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/**
 * Uses the `escriba` command, as a person would, on a store that is new and goes afterwards.
 *
 * @param use is given the command, and the folder and the environment that it runs with
 */
export async function withOwnStore<Result>(
  use: (escriba: Escriba, folder: string, env: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'escriba-bench-'));
  const env = {
    ...process.env,
    ESCRIBA_DB: join(folder, 'bench.db'),
    // What is not there: the store is empty.
    ESCRIBA_MODELS: 'none',
  };
  try {
    return await use((...args) => run(args, env), folder, env);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function* run(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): AsyncGenerator<string, void, undefined> {
  const child = spawn(process.execPath, [program, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  yield* child.stdout.setEncoding('utf8');
  const [code] = await closed;
  if (code === 0) return;
  throw new EscribaError(
    `escriba ${args.join(' ')} ended with exit code ${code}.`,
    'See what it said above; npm run build builds it anew.',
  );
}
