import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { BadInput } from '../../errors.ts';
import { cellNames } from '../../network/cells/cells.ts';
import type { Budget, TrainingWish } from '../../run/plan.ts';
import { type SizeName, sizes } from '../../train/defaults.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { engineOption, usualThreads } from '../engines.ts';
import { followNewRun } from '../follow-training.ts';
import { decimal, oneOf, randomSeed, runNumber, whole, withoutMissing } from '../forms.ts';
import { withStore } from '../store.ts';

const usualMinutes = 10;
const sizeNames: readonly SizeName[] = ['small', 'medium', 'large'];
const embedding = z.union(
  [z.literal('one-hot'), whole(1, 2048)],
  'it must be a whole number from 1 to 2048, or one-hot',
);

const options = {
  size: option(
    'NAME',
    'small, medium or large: the embedding, hidden length, batch and unroll that are not given',
    oneOf(sizeNames).default('medium'),
  ),
  cell: option('NAME', `${cellNames.join(', ')} (default: lstm)`, oneOf(cellNames).optional()),
  hidden: option('N', 'length of the hidden state', whole(8, 2048).optional()),
  layers: option('N', 'layers of cells (default: 1)', whole(1, 4).optional()),
  embedding: option('N|one-hot', "length of a character's vector", embedding.optional()),
  batch: option('N', 'lanes of the text that are read side by side', whole(1, 4096).optional()),
  unroll: option('N', 'characters that the gradient goes back', whole(1, 4096).optional()),
  dropout: option(
    'P',
    'chance that a unit is left out (default: more the oftener the text is read)',
    decimal(0, 0.95).optional(),
  ),
  recurrentDropout: option(
    'P',
    'chance that a weight of the recurrent matrices is left out (default: 0)',
    decimal(0, 0.95).optional(),
  ),
  lr: option('RATE', "the peak of Adam's learning rate", decimal(0, 1).optional()),
  weightDecay: option('RATE', 'decoupled weight decay', decimal(0, 1).optional()),
  clip: option('NORM', 'the norm that gradients are scaled down to', decimal(1e-6, 1e6).optional()),
  minutes: option('N', `how long to train (default: ${usualMinutes})`, decimal(0, 1e6).optional()),
  passes: option('N', 'or how many times to read the text', decimal(0, 1e6).optional()),
  steps: option('N', 'or how many steps to take', whole(1, 1e9).optional()),
  patience: option(
    'N',
    'end after so many evaluations without a better figure',
    whole(1, 10_000).optional(),
  ),
  holdOut: option(
    'units|none',
    'keep a part of the text to choose and judge by, or learn all of it',
    oneOf(['units', 'none']).default('units'),
  ),
  from: option('RUN', 'begin with the weights of a run, in its shape', runNumber.optional()),
  randomSeed: option('N', 'repeats a run (default: a new one, kept)', randomSeed.optional()),
  threads: option('N', 'processors to use', whole(1, 256).default(usualThreads)),
  engine: engineOption,
  serve: flag('write for the text with this run once it is done, whatever its figure'),
  json: flag('write each event as a line of JSON'),
};

type Given = z.infer<z.ZodObject<typeof options>>;

export const train = defineCommand({
  arguments: { corpus: argument('bible, plato, or a text of your own', z.string()) },
  options,
  run: (cli, { corpus, ...given }) =>
    withStore(cli, async (store) => {
      await followNewRun(cli, store, given, wishFor(corpus, given));
    }),
});

function wishFor(corpus: string, given: Given): TrainingWish {
  const { cell, hidden, layers, from = null } = given;
  const size = sizes[given.size];
  if (from !== null && (cell ?? hidden ?? layers ?? given.embedding) !== undefined) {
    throw new BadInput(
      `With --from ${from} the network has the shape of run ${from}.`,
      'Leave out --cell, --hidden, --layers and --embedding, or leave out --from.',
    );
  }
  return {
    corpus,
    network: {
      cell: cell ?? 'lstm',
      hidden: hidden ?? size.hidden,
      layers: layers ?? 1,
      embedding: given.embedding ?? size.embedding,
    },
    from,
    batch: given.batch ?? size.batch,
    unroll: given.unroll ?? size.unroll,
    budget: budgetOf(given),
    heldOut: given.holdOut,
    randomSeed: given.randomSeed ?? randomInt(2 ** 32),
    threads: given.threads,
    ...withoutMissing({
      dropout: given.dropout,
      recurrentDropout: given.recurrentDropout,
      learningRate: given.lr,
      weightDecay: given.weightDecay,
      clip: given.clip,
      patience: given.patience,
    }),
  };
}

function budgetOf({ minutes, passes, steps }: Given): Budget {
  const budgets = [minutes, passes, steps].filter((each) => each !== undefined);
  if (budgets.length > 1) {
    throw new BadInput(
      'A run has one budget: --minutes, --passes or --steps.',
      'Leave the others out.',
    );
  }
  if (steps !== undefined) return { steps };
  if (passes !== undefined) return { passes };
  return { minutes: minutes ?? usualMinutes };
}
