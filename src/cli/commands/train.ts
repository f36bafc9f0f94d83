import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { BadInput } from '../../errors.ts';
import { cellNames } from '../../network/cells/cells.ts';
import type { TrainingWish } from '../../run/plan.ts';
import { automatic, type TokenizerChoice, usualVocabularySize } from '../../run/prepare.ts';
import { usualThreads } from '../../run/usual-threads.ts';
import type { Store } from '../../store/database.ts';
import { runNameSchema } from '../../store/labels.ts';
import { sizeNames, sizes, usualBudget, usualNetwork, usualSize } from '../../train/defaults.ts';
import { limits, limitsInWords } from '../../train/limits.ts';
import { budgetOf } from '../budget.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { startDetached } from '../detached.ts';
import { deviceOption } from '../devices.ts';
import { engineOption } from '../engines.ts';
import { followNewRun } from '../follow-training.ts';
import { oneOf, randomSeed, typed, withoutMissing } from '../forms.ts';
import { runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';
import { torchChoices, torchOptions } from '../torch-options.ts';

const tokenizerKinds = [
  'auto',
  'char',
  'bpe',
] as const satisfies readonly TokenizerChoice['kind'][];
const embedding = z.union(
  [z.literal('one-hot'), typed(limits.embedding)],
  `it must be ${limitsInWords(limits.embedding)}, or one-hot`,
);

const options = {
  size: option(
    'NAME',
    'small, medium or large: sets --embedding, --hidden, --batch and --unroll unless they are given',
    oneOf(sizeNames).default(usualSize),
  ),
  cell: option(
    'NAME',
    `${cellNames.join(', ')} (default: ${usualNetwork.cell})`,
    oneOf(cellNames).optional(),
  ),
  hidden: option('N', "units in each layer (default: the size's)", typed(limits.hidden).optional()),
  layers: option(
    'N',
    `layers of cells (default: ${usualNetwork.layers})`,
    typed(limits.layers).optional(),
  ),
  embedding: option(
    'N|one-hot',
    "length of the vector for each token, or one-hot (default: the size's)",
    embedding.optional(),
  ),
  tokenizer: option(
    'KIND',
    'char reads characters, bpe subwords learned from the text, auto whichever suits it (default: auto; char with one-hot)',
    oneOf(tokenizerKinds).optional(),
  ),
  vocabSize: option(
    'N',
    `vocabulary size with bpe, including the characters (default: ${usualVocabularySize}; without --tokenizer bpe, ${automatic.smallVocabularySize} for a shorter text)`,
    typed(limits.vocabularySize).optional(),
  ),
  batch: option(
    'N',
    "batch size: parts of the text that are read in parallel (default: the size's; fewer for a short text)",
    typed(limits.batch).optional(),
  ),
  unroll: option(
    'N',
    "sequence length of a step, in tokens (default: the size's)",
    typed(limits.unroll).optional(),
  ),
  dropout: option(
    'P',
    'dropout probability (default: 0 to 0.5, higher the more often the text is read)',
    typed(limits.dropout).optional(),
  ),
  recurrentDropout: option(
    'P',
    'dropout probability for the recurrent weights (default: 0, or 0.2 where the text is read often)',
    typed(limits.recurrentDropout).optional(),
  ),
  bpeDropout: option(
    'P',
    'BPE-dropout: probability of skipping a merge, drawn anew in each pass (default: 0, or 0.05 where the text is read often)',
    typed(limits.bpeDropout).optional(),
  ),
  lr: option(
    'RATE',
    "Adam's peak learning rate (default: by --hidden, at most 0.012)",
    typed(limits.learningRate).optional(),
  ),
  weightDecay: option(
    'RATE',
    'decoupled weight decay (default: 0)',
    typed(limits.weightDecay).optional(),
  ),
  clip: option('NORM', 'clip gradients to this norm (default: 1)', typed(limits.clip).optional()),
  minutes: option(
    'N',
    `minutes to train (default: ${usualBudget.minutes})`,
    typed(limits.minutes).optional(),
  ),
  passes: option('N', 'or passes over the text (epochs)', typed(limits.passes).optional()),
  steps: option('N', 'or steps: updates of the weights', typed(limits.steps).optional()),
  patience: option(
    'N',
    'stop after N evaluations without improvement',
    typed(limits.patience).optional(),
  ),
  holdOut: option(
    'units|none',
    'units holds out parts of the text for validation and the test; none trains on all of it',
    oneOf(['units', 'none']).default('units'),
  ),
  from: option(
    'RUN',
    'start from the weights of a run, with its shape and tokenizer',
    runChoice.optional(),
  ),
  randomSeed: option(
    'N',
    'seed, to make a run repeatable (default: random; stored with the run)',
    randomSeed.optional(),
  ),
  threads: option('N', 'threads to compute with', typed(limits.threads).default(usualThreads)),
  engine: engineOption,
  device: deviceOption,
  ...torchOptions,
  name: option('NAME', 'a name for the run', runNameSchema.optional()),
  detach: flag('train in the background; return once training has started'),
  serve: flag('make this the active run of its text once it is done, however good it is'),
  json: flag('print each event as a line of JSON'),
};

type Given = z.infer<z.ZodObject<typeof options>>;

export const train = defineCommand({
  arguments: { corpus: argument('bible, plato, or a text of your own', z.string()) },
  options,
  run: (cli, { corpus, ...given }) =>
    withStore(cli, async (store) => {
      const torch = torchChoices(given.engine, given);
      if (given.detach) {
        const { run, log } = await startDetached(cli, store);
        if (given.json) cli.terminal.json({ run, log });
        else {
          cli.terminal.print(
            `Run ${run} trains in the background; its messages go to ${log}.\nFollow it with \`escriba watch ${run}\`, stop it with \`escriba stop ${run}\`.`,
          );
        }
        return;
      }
      await followNewRun(cli, store, { ...given, torch }, wishFor(store, corpus, given));
    }),
});

function wishFor(store: Store, corpus: string, given: Given): TrainingWish {
  const { cell, hidden, layers } = given;
  const from = given.from === undefined ? null : runIdOf(store, given.from);
  const size = sizes[given.size];
  const shape = cell ?? hidden ?? layers ?? given.embedding ?? given.tokenizer ?? given.vocabSize;
  if (from !== null && shape !== undefined) {
    throw new BadInput(
      `With --from ${from} the network has the shape and the tokenizer of run ${from}.`,
      'Leave out --cell, --hidden, --layers, --embedding, --tokenizer and --vocab-size, or leave out --from.',
    );
  }
  return {
    corpus,
    network: {
      cell: cell ?? usualNetwork.cell,
      hidden: hidden ?? size.hidden,
      layers: layers ?? usualNetwork.layers,
      embedding: given.embedding ?? size.embedding,
    },
    from,
    size: given.size,
    budget: budgetOf(given) ?? { minutes: usualBudget.minutes },
    heldOut: given.holdOut,
    randomSeed: given.randomSeed ?? randomInt(2 ** 32),
    threads: given.threads,
    ...(given.name !== undefined && { name: given.name }),
    ...withoutMissing({
      batch: given.batch,
      unroll: given.unroll,
      tokenizer: tokenizerOf(given),
      dropout: given.dropout,
      recurrentDropout: given.recurrentDropout,
      bpeDropout: given.bpeDropout,
      learningRate: given.lr,
      weightDecay: given.weightDecay,
      clip: given.clip,
      patience: given.patience,
    }),
  };
}

function tokenizerOf({ tokenizer, vocabSize }: Given): TokenizerChoice | undefined {
  if (vocabSize === undefined) return tokenizer && { kind: tokenizer };
  if (tokenizer === 'char') {
    throw new BadInput(
      '--vocab-size is for --tokenizer bpe; with char the vocabulary is the characters of the text.',
      'Leave one of them out.',
    );
  }
  return { kind: 'bpe', size: vocabSize };
}
