import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { plato } from '../data/plato.ts';
import { type Escriba, withOwnStore } from './ours/command.ts';
import { ours } from './ours/run.ts';
import type { Predictor } from './predictors.ts';

/**
 * `escriba train` with its defaults.
 *
 * @param platoFile what the Republic is taken from, where that is to be learnt
 */
export function trainedFor(minutes: number, platoFile: string | undefined): Predictor {
  return {
    name: `${ours} (${minutes} minutes)`,
    predict: ({ corpus: { name } }) =>
      withOwnStore(async (escriba) => {
        if (name === plato.name && platoFile !== undefined) {
          await answerOf(escriba, z.unknown(), 'corpus', 'fetch', name, '--file', platoFile);
        }
        const training = escriba('train', name, '--minutes', String(minutes), '--json');
        for await (const line of createInterface(Readable.from(training))) showProgress(line);
        const [run] = await answerOf(escriba, newestFirst, 'runs');
        const evaluate = ['evaluate', String(run.id), '--part'];
        const validation = await answerOf(escriba, evaluated, ...evaluate, 'validation');
        const test = await answerOf(escriba, evaluated, ...evaluate, 'test');
        return { validation: validation.bitsPerCharacter, test: test.bitsPerCharacter };
      }),
  };
}

const newestFirst = z.tuple([z.object({ id: z.int() })]).rest(z.unknown());
const evaluated = z.object({ bitsPerCharacter: z.number() });
const evaluation = z.object({
  type: z.literal('evaluation'),
  step: z.number(),
  bitsPerCharacter: z.number(),
});

/** The one JSON value that a command answers with. */
async function answerOf<Schema extends z.ZodType>(
  escriba: Escriba,
  schema: Schema,
  ...args: readonly string[]
): Promise<z.infer<Schema>> {
  let answer = '';
  for await (const piece of escriba(...args, '--json')) answer += piece;
  return schema.parse(JSON.parse(answer));
}

function showProgress(line: string): void {
  const { success, data } = evaluation.safeParse(JSON.parse(line));
  if (!success) return;
  const figure = data.bitsPerCharacter.toFixed(3);
  process.stderr.write(`  step ${data.step}: ${figure} bits per character\n`);
}
