import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { BadInput } from '../../errors.ts';
import { cellNames } from '../../network/cells/cells.ts';
import type { TrainingWish } from '../../run/plan.ts';
import { type TokenizerChoice, usualVocabularySize } from '../../run/prepare.ts';
import { usualThreads } from '../../run/usual-threads.ts';
import type { Store } from '../../store/database.ts';
import { runNameSchema } from '../../store/labels.ts';
import { sizeNames, sizes, usualBudget, usualNetwork, usualSize } from '../../train/defaults.ts';
import { limits, limitsInWords } from '../../train/limits.ts';
import { budgetOf } from '../budget.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { startDetached } from '../detached.ts';
import { engineOption } from '../engines.ts';
import { followNewRun } from '../follow-training.ts';
import { oneOf, randomSeed, typed, withoutMissing } from '../forms.ts';
import { runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

const tokenizerKinds: readonly TokenizerChoice['kind'][] = ['char', 'bpe'];
const embedding = z.union(
  [z.literal('one-hot'), typed(limits.embedding)],
  `it must be ${limitsInWords(limits.embedding)}, or one-hot`,
);

const options = {
  size: option(
    'NAME',
    'small, medium or large: the embedding, hidden length, batch and unroll that are not given',
    oneOf(sizeNames).default(usualSize),
  ),
  cell: option(
    'NAME',
    `${cellNames.join(', ')} (default: ${usualNetwork.cell})`,
    oneOf(cellNames).optional(),
  ),
  hidden: option('N', 'length of the hidden state', typed(limits.hidden).optional()),
  layers: option(
    'N',
    `layers of cells (default: ${usualNetwork.layers})`,
    typed(limits.layers).optional(),
  ),
  embedding: option('N|one-hot', "length of a character's vector", embedding.optional()),
  tokenizer: option(
    'KIND',
    'char: read character by character; bpe: in subwords learnt from the text (default: char)',
    oneOf(tokenizerKinds).optional(),
  ),
  vocabSize: option(
    'N',
    `tokens of bpe, the characters included (default: ${usualVocabularySize})`,
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
    'dropout probability of the recurrent weights (default: 0)',
    typed(limits.recurrentDropout).optional(),
  ),
  bpeDropout: option(
    'P',
    'probability that a merge of --tokenizer bpe is passed over, anew in each pass (default: 0)',
    typed(limits.bpeDropout).optional(),
  ),
  lr: option('RATE', "the peak of Adam's learning rate", typed(limits.learningRate).optional()),
  weightDecay: option('RATE', 'decoupled weight decay', typed(limits.weightDecay).optional()),
  clip: option('NORM', 'the norm that gradients are scaled down to', typed(limits.clip).optional()),
  minutes: option(
    'N',
    `how long to train (default: ${usualBudget.minutes})`,
    typed(limits.minutes).optional(),
  ),
  passes: option('N', 'or passes over the text (epochs)', typed(limits.passes).optional()),
  steps: option('N', 'or how many steps to take', typed(limits.steps).optional()),
  patience: option(
    'N',
    'stop after N evaluations without improvement',
    typed(limits.patience).optional(),
  ),
  holdOut: option(
    'units|none',
    'keep a part of the text to choose and judge by, or learn all of it',
    oneOf(['units', 'none']).default('units'),
  ),
  from: option('RUN', 'begin with the weights of a run, in its shape', runChoice.optional()),
  randomSeed: option(
    'N',
    'seed, to make a run repeatable (default: random; stored with the run)',
    randomSeed.optional(),
  ),
  threads: option('N', 'processors to use', typed(limits.threads).default(usualThreads)),
  engine: engineOption,
  name: option('NAME', 'what to call the run', runNameSchema.optional()),
  detach: flag('train in the background: the command ends once the training has begun'),
  serve: flag('write for the text with this run once it is done, whatever its figure'),
  json: flag('write each event as a line of JSON'),
};

type Given = z.infer<z.ZodObject<typeof options>>;

export const train = defineCommand({
  arguments: { corpus: argument('bible, plato, or a text of your own', z.string()) },
  options,
  run: (cli, { corpus, ...given }) =>
    withStore(cli, async (store) => {
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
      await followNewRun(cli, store, given, wishFor(store, corpus, given));
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
  if (tokenizer === 'char' && vocabSize !== undefined) {
    throw new BadInput(
      '--vocab-size is of --tokenizer bpe; with char the vocabulary is the characters of the text.',
      'Leave one of them out.',
    );
  }
  if (tokenizer === 'bpe' || vocabSize !== undefined) {
    return { kind: 'bpe', size: vocabSize ?? usualVocabularySize };
  }
  return tokenizer && { kind: tokenizer };
}
