import { sizes } from '../src/train/defaults.ts';
import { type Bench, checkValues, type Report, type Values } from './bench.ts';
import { type Contender, measurement } from './contender.ts';
import { requireQuiet } from './machine.ts';
import { secondsToFirstCharacter } from './ours/first-character.ts';
import { costOfQuantizing } from './ours/quantized.ts';
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

export const sample: Bench = {
  name: 'sample',
  about:
    'Characters a second drawn at temperature 0.8, from one stream and from 64 at once, all streams together.\n' +
    "Beside PyTorch's cells in a loop and an LSTM written by hand on PyTorch.",
  options: { ...speedOptions, ...tokenOptions },
  run: measureSampling,
};

interface SamplingWork {
  readonly name: string;
  readonly embedding: number;
  readonly hidden: number;
  readonly streams: number;
}

const works: readonly SamplingWork[] = (['medium', 'large'] as const).flatMap((size) => {
  const { embedding, hidden } = sizes[size];
  return [
    { name: `${size}, 1 stream`, embedding, hidden, streams: 1 },
    { name: `${size}, 64 streams`, embedding, hidden, streams: 64 },
  ];
});

const torchWays = [
  { name: 'PyTorch nn.LSTM', model: 'layer', draw: 'multinomial' },
  { name: 'PyTorch nn.LSTMCell', model: 'cell', draw: 'multinomial' },
  { name: 'PyTorch by hand', model: 'hand', draw: 'multinomial' },
  { name: 'PyTorch by hand, noise ahead', model: 'hand', draw: 'gumbel' },
];

async function measureSampling(given: Values): Promise<Report> {
  const values = checkValues(given, speedValues.extend(tokenValues));
  const chosen = choose(works, values.only);
  if (!values.busy) await requireQuiet();
  const python = await findPython();
  const { vocabulary, charactersPerToken } = await benchTokens(values['vocab-size']);
  const setting = { vocabulary, seconds: values.seconds };
  const contenders = threadCounts.flatMap((threads) => [
    ...(python ? torchWays.map((way) => torchAt(python, way, threads, setting)) : []),
    escribaAt(threads, setting),
  ]);
  const firstCharacter = await secondsToFirstCharacter();
  const cost = await costOfQuantizing();
  const rows = await compareSpeeds(chosen, contenders, values);
  const facts = {
    ...factsOf(python),
    'from command to first character': `${firstCharacter.toFixed(2)} s`,
    'bits per character of the shipped Bible, weights as they are': cost.asTheyAre.toFixed(5),
    'and in eight bits, as texts are drawn': cost.quantized.toFixed(5),
  };
  return speedReport(rows, facts, charactersPerToken);
}

/** What every contender is told beside the work: V, how long to measure. */
interface Setting {
  readonly vocabulary: number;
  readonly seconds: number;
}

function torchAt(
  python: Python,
  { name: contender, ...way }: (typeof torchWays)[number],
  threads: number,
  setting: Setting,
): Contender<SamplingWork> {
  return {
    name: contender,
    threads,
    measure: ({ name, ...work }) =>
      python.run('sample.py', { ...way, ...work, ...setting, threads }, measurement),
  };
}

function escribaAt(threads: number, setting: Setting): Contender<SamplingWork> {
  return {
    name: ours,
    threads,
    measure: ({ name, ...work }) =>
      runScript(new URL('./ours/sample.ts', import.meta.url), { ...work, ...setting, threads }),
  };
}
