import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { plato } from '../data/plato.ts';
import { BadInput } from '../src/errors.ts';
import { prepareText, type TokenizerChoice } from '../src/run/prepare.ts';
import type { Corpus } from '../src/text/corpus.ts';
import { splitCorpus } from '../src/text/split.ts';
import { type Escriba, withOwnStore } from './ours/command.ts';
import { ours } from './ours/run.ts';
import type { HeldOutBits, Predictor } from './predictors.ts';
import type { Python } from './python.ts';

/** What the networks of a table are trained with. */
export interface Trainings {
  readonly minutes: number;
  readonly threads: number;
  /** What the Republic is taken from, where that is to be learned. */
  readonly platoFile: string | undefined;
  /** Trains the same beside ours, for as long. */
  readonly python: Python | undefined;
}

type Reading = Exclude<TokenizerChoice['kind'], 'auto'>;

/** What a training was, as `escriba show --json` tells it. */
interface Recipe {
  readonly network: { readonly vocabularySize: number };
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * `escriba train` with its defaults, but for what the text is read in, and PyTorch by the recipe that it came to, which
 * leaves out no recurrent weights and no merges: each with characters and with subwords.
 */
export function trainedFor(trainings: Trainings): readonly Predictor[] {
  return (['bpe', 'char'] as const).flatMap((tokenizer) => {
    const words = { bpe: 'subwords', char: 'characters' }[tokenizer];
    const about = `(${words}, ${trainings.minutes} minutes)`;
    let recipe: Recipe | undefined;
    const own: Predictor = {
      name: `${ours} ${about}`,
      predict: async ({ corpus }) => {
        const { bits, ...rest } = await trainOurs(corpus.name, tokenizer, trainings);
        recipe = rest;
        return bits;
      },
    };
    const { python } = trainings;
    if (python === undefined) return [own];
    const peer: Predictor = {
      name: `PyTorch ${python.torch} ${about}`,
      predict: ({ corpus }) => {
        if (recipe === undefined) {
          throw new BadInput(
            "PyTorch trains by our training's recipe, and --only leaves that training out.",
            'Give words that both have: --only subwords.',
          );
        }
        return trainPeer(corpus, tokenizer, recipe, python, trainings);
      },
    };
    return [own, peer];
  });
}

function trainOurs(
  name: string,
  tokenizer: Reading,
  { minutes, threads, platoFile }: Trainings,
): Promise<Recipe & { readonly bits: HeldOutBits }> {
  return withOwnStore(async (escriba) => {
    if (name === plato.name && platoFile !== undefined) {
      await answerOf(escriba, z.unknown(), 'corpus', 'fetch', name, '--file', platoFile);
    }
    const options = { tokenizer, minutes, threads };
    const words = Object.entries(options).flatMap(([option, value]) => [
      `--${option}`,
      String(value),
    ]);
    const training = escriba('train', name, ...words, '--json');
    for await (const line of createInterface(Readable.from(training))) showProgress(line);
    const recipe = await answerOf(escriba, shown, 'show', 'latest');
    const evaluate = async (part: string) =>
      (await answerOf(escriba, evaluated, 'evaluate', 'latest', '--part', part)).bitsPerCharacter;
    const bits = { validation: await evaluate('validation'), test: await evaluate('test') };
    return { ...recipe, bits };
  });
}

async function trainPeer(
  corpus: Corpus,
  kind: Reading,
  { network, settings }: Recipe,
  python: Python,
  { minutes, threads }: Trainings,
): Promise<HeldOutBits> {
  const folder = await mkdtemp(join(tmpdir(), 'escriba-bench-'));
  try {
    const parts = splitCorpus(corpus, 'units');
    const choice = kind === 'bpe' ? { kind, size: network.vocabularySize } : { kind };
    const { tokenizer } = prepareText(corpus, 'units', choice);
    const files: Record<string, string> = {};
    for (const [part, text] of Object.entries(parts)) {
      files[part] = join(folder, part);
      await writeFile(files[part], Uint16Array.from(tokenizer.encode(text)));
    }
    const { validationBits, testBits } = await python.run(
      'quality.py',
      {
        ...{ network: JSON.stringify(network), settings: JSON.stringify(settings) },
        ...{ ...files, newline: tokenizer.newlineId, minutes, threads },
      },
      measured,
    );
    const perCharacter = (bits: number, text: string) => bits / [...text].length;
    return {
      validation: perCharacter(validationBits, parts.validation),
      test: perCharacter(testBits, parts.test),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const shown = z.object({
  network: z.looseObject({ vocabularySize: z.int() }),
  settings: z.record(z.string(), z.unknown()),
});
const measured = z.object({ validationBits: z.number(), testBits: z.number() });
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
