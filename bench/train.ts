import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findCard } from '../src/cli/card.ts';
import { type ComputeChoices, type EngineName, engineNames } from '../src/engine/engine.ts';
import { requireTensorFlow } from '../src/engine/tfjs/load.ts';
import { type CellName, cells } from '../src/network/cells/cells.ts';
import { cardLanes, sizes } from '../src/train/defaults.ts';
import { type Bench, checkValues, type Report, type Values } from './bench.ts';
import { type Contender, measurement } from './contender.ts';
import { requireQuiet } from './machine.ts';
import { ours, runScript } from './ours/run.ts';
import { findPython, type Python } from './python.ts';
import {
  choose,
  compareSpeeds,
  factsOf,
  speedOptions,
  speedReport,
  speedValues,
  threadCounts,
} from './speeds.ts';
import { benchTokens, tokenOptions, tokenValues } from './tokens.ts';

export const train: Bench = {
  name: 'train',
  about:
    'Characters a second of whole training steps on the Bible: window, forward, backward, clipping, optimizer;\n' +
    'with --vocab-size of subwords.\n' +
    "Beside PyTorch's own LSTM, GRU and RNN, and beside the machine's matrix-multiply rate. With the second engine,\n" +
    'TensorFlow.js, also beside that and the layers that come with it; with --engine torch beside PyTorch as an engine,\n' +
    'in fp32 and in bf16. Where the package of TensorFlow.js cannot be installed:\n' +
    'sh bench/tfjs-node-setup.sh FOLDER; NODE_PATH=FOLDER/node_modules npm run bench -- train --engine tfjs',
  options: {
    ...speedOptions,
    ...tokenOptions,
    engine: { value: 'NAME', about: 'onnx alone, or tfjs or torch too', default: 'onnx' },
    device: { value: 'NAME', about: 'cpu alone, or gpu too: a graphics card', default: 'cpu' },
    batch: { value: 'N', about: "lanes in place of each size's own" },
  },
  run: measureTraining,
};

interface TrainingWork {
  readonly name: string;
  readonly cell: CellName;
  readonly embedding: number;
  readonly hidden: number;
  readonly batch: number;
  readonly unroll: number;
}

const works: readonly TrainingWork[] = [
  { name: 'lstm small', cell: 'lstm', ...sizes.small },
  { name: 'lstm medium', cell: 'lstm', ...sizes.medium },
  { name: 'lstm large', cell: 'lstm', ...sizes.large },
  { name: 'gru medium', cell: 'gru', ...sizes.medium },
  { name: 'classic medium', cell: 'classic', ...sizes.medium },
];

const trainValues = speedValues.extend({
  ...tokenValues,
  engine: z.enum(engineNames, `there are ${engineNames.join(', ')}`),
  device: z.enum(['cpu', 'gpu'], 'there are cpu and gpu'),
  batch: z.coerce.number().int().min(1).optional(),
});

async function measureTraining(given: Values): Promise<Report> {
  const values = checkValues(given, trainValues);
  const { batch } = values;
  const chosen = choose(works, values.only).map((work) => (batch ? { ...work, batch } : work));
  const withTfjs = values.engine === 'tfjs';
  if (withTfjs) requireTensorFlow();
  const card = values.device === 'gpu' ? await findCard() : undefined;
  if (!values.busy) await requireQuiet();
  const python = await findPython();
  const tokens = await benchTokens(values['vocab-size']);
  const { vocabulary, charactersPerToken } = tokens;
  const folder = await mkdtemp(join(tmpdir(), 'escriba-bench-'));
  try {
    const ids = join(folder, 'bible.ids');
    await writeFile(ids, Uint16Array.from(tokens.ids));
    const setting = { ids, vocabulary, seconds: values.seconds };
    const onCard = card ? [cardAt(batch ?? cardLanes, setting)] : [];
    const onProcessor = threadCounts.flatMap((threads) => [
      ...(python ? [torchAt(python, threads, setting)] : []),
      ...(withTfjs ? [layersAt(threads, setting), escribaAt('tfjs', threads, setting)] : []),
      ...(values.engine === 'torch'
        ? (['fp32', 'bf16'] as const).map((each) => escribaAt('torch', threads, setting, each))
        : []),
      escribaAt('onnx', threads, setting),
    ]);
    const contenders = [...onProcessor, ...onCard];
    const rates = python ? await matrixRates(python) : new Map<number, number>();

    const rows = await compareSpeeds(chosen, contenders, values, (work, result) => {
      const rate = rates.get(result.threads);
      return rate ? (operations(work, vocabulary) * result.tokensPerSecond) / rate : null;
    });
    const products = Array.from(rates, ([threads, rate]) => [
      `matrix products, threads ${threads}`,
      `${(rate / 1e9).toFixed(1)} GFLOP/s`,
    ]);
    const cardFact = card ? { 'graphics card': card.name } : {};
    const facts = { ...factsOf(python), ...cardFact, ...Object.fromEntries(products) };
    return speedReport(rows, facts, charactersPerToken);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What every contender is told beside the work: the file of ids (two bytes each), V, how long to measure. */
interface Setting {
  readonly ids: string;
  readonly vocabulary: number;
  readonly seconds: number;
}

function torchAt(python: Python, threads: number, setting: Setting): Contender<TrainingWork> {
  return {
    name: 'PyTorch',
    threads,
    measure: ({ name, ...work }) =>
      python.run('train.py', { ...work, ...setting, threads }, measurement),
  };
}

function layersAt(threads: number, setting: Setting): Contender<TrainingWork> {
  const script = new URL('./peers/layers.ts', import.meta.url);
  return {
    name: 'tf.layers',
    threads,
    measure: ({ name, ...work }) => runScript(script, { ...work, ...setting, threads }),
  };
}

function escribaAt(
  engine: EngineName,
  threads: number,
  setting: Setting,
  precision: ComputeChoices['precision'] = 'fp32',
): Contender<TrainingWork> {
  const script = new URL('./ours/train.ts', import.meta.url);
  return {
    name: engine === 'onnx' ? ours : `${ours}, ${engine}${precision === 'bf16' ? ' bf16' : ''}`,
    threads,
    measure: ({ name, ...work }) =>
      runScript(script, { ...work, ...setting, engine, precision, threads }),
  };
}

/** A graphics card, with lanes that suit one. */
function cardAt(batch: number, setting: Setting): Contender<TrainingWork> {
  const script = new URL('./ours/train.ts', import.meta.url);
  return {
    name: `${ours}, gpu, ${batch} lanes`,
    threads: 1,
    measure: ({ name, ...work }) =>
      runScript(script, { ...work, batch, ...setting, device: 'gpu', threads: 1 }),
  };
}

/** Floating-point operations a second of a large single-precision product, by thread count: the best of three. */
async function matrixRates(python: Python): Promise<ReadonlyMap<number, number>> {
  const rates = new Map<number, number>();
  for (let time = 0; time < 3; time++) {
    for (const threads of threadCounts) {
      const { flops } = await python.run('matmul.py', { threads }, z.object({ flops: z.number() }));
      rates.set(threads, Math.max(flops, rates.get(threads) ?? 0));
    }
  }
  return rates;
}

/**
 * The operations of a step's matrix products for one character, as the textbook has them: two for each weight
 * in the forward pass, four in the backward pass (one product for the gradient of each factor).
 */
function operations(work: TrainingWork, vocabularySize: number): number {
  const recurrent =
    Object.keys(cells[work.cell].gates).length * work.hidden * (work.embedding + work.hidden);
  return 6 * (recurrent + work.hidden * vocabularySize);
}
