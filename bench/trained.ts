import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { plato } from '../data/plato.ts';
import { EscribaError } from '../src/errors.ts';
import type { Predictor } from './predictors.ts';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

/**
 * `escriba train` with its defaults, as a person would run it, in a store of its own that goes afterwards.
 *
 * @param platoFile the file that the Republic is taken from
 */
export function trainedFor(minutes: number, platoFile: string | undefined): Predictor {
  return {
    name: `Escriba (${minutes} minutes)`,
    predict: async ({ corpus: { name } }) => {
      const folder = await mkdtemp(join(tmpdir(), 'escriba-bench-'));
      const env = { ...process.env, ESCRIBA_DB: join(folder, 'bench.db') };
      const ask = async (...args: readonly string[]): Promise<unknown> =>
        JSON.parse((await run(process.execPath, [command, ...args, '--json'], { env })).stdout);
      try {
        if (name === plato.name && platoFile !== undefined) {
          await ask('corpus', 'fetch', name, '--file', platoFile);
        }
        await trainAloud(['train', name, '--minutes', String(minutes), '--json'], env);
        const [newest] = newestFirst.parse(await ask('runs'));
        const bits = async (part: string): Promise<number> => {
          const answer = await ask('evaluate', newest.id, '--part', part);
          return evaluated.parse(answer).bitsPerCharacter;
        };
        return { validation: await bits('validation'), test: await bits('test') };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

const newestFirst = z.tuple([z.object({ id: z.coerce.string() })]).rest(z.unknown());

const evaluated = z.object({ bitsPerCharacter: z.number() });

const progress = z.object({
  type: z.literal('evaluation'),
  step: z.number(),
  bitsPerCharacter: z.number(),
});

/** Trains, and tells on stderr how the validation figure falls. */
async function trainAloud(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const training = spawn(process.execPath, [command, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(training, 'close');
  for await (const line of createInterface(training.stdout)) {
    const event = progress.safeParse(JSON.parse(line));
    if (!event.success) continue;
    const { step, bitsPerCharacter } = event.data;
    process.stderr.write(`  step ${step}: ${bitsPerCharacter.toFixed(3)} bits per character\n`);
  }
  const [code] = await closed;
  if (code === 0) return;
  throw new EscribaError(
    `escriba ${args.join(' ')} ended with exit code ${code}.`,
    'See what it said above; npm run build makes the command anew.',
  );
}
