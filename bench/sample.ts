import { bible } from '../data/bible.ts';
import { wholeText } from '../src/text/corpus.ts';
import { Vocabulary } from '../src/text/vocabulary.ts';
import { type Bench, checkValues, type Report, type Values } from './bench.ts';
import { type Contender, measurement } from './contender.ts';
import { describeMachine, refuseBusyMachine } from './machine.ts';
import { findPython, type Python } from './python.ts';
import { compareSpeeds, speedOptions, speedReport, speedValues, threadCounts } from './speeds.ts';

export const sample: Bench = {
  name: 'sample',
  about:
    'Characters a second drawn at temperature 0.8, from one stream and from 64 at once, all streams together.\n' +
    "Beside PyTorch's cells in a loop and an LSTM written by hand on PyTorch.",
  options: speedOptions,
  run: measureSampling,
};

interface SamplingWork {
  readonly name: string;
  readonly embedding: number;
  readonly hidden: number;
  readonly streams: number;
}

const medium = { embedding: 128, hidden: 512 };
const large = { embedding: 256, hidden: 1024 };

const works: readonly SamplingWork[] = [
  { name: 'medium, 1 stream', ...medium, streams: 1 },
  { name: 'medium, 64 streams', ...medium, streams: 64 },
  { name: 'large, 1 stream', ...large, streams: 1 },
  { name: 'large, 64 streams', ...large, streams: 64 },
];

const torchWays = [
  { name: 'PyTorch nn.LSTM', model: 'layer', draw: 'multinomial' },
  { name: 'PyTorch nn.LSTMCell', model: 'cell', draw: 'multinomial' },
  { name: 'PyTorch by hand', model: 'hand', draw: 'multinomial' },
  { name: 'PyTorch by hand, noise ahead', model: 'hand', draw: 'gumbel' },
];

async function measureSampling(given: Values): Promise<Report> {
  const values = checkValues(given, speedValues);
  if (!values.busy) await refuseBusyMachine();
  const python = await findPython();
  const vocabulary = Vocabulary.of(wholeText(await bible.corpus())).size;
  const contenders = python ? torchSamplers(python, vocabulary, values.seconds) : [];
  const rows = await compareSpeeds(works, contenders, values);
  return speedReport(rows, [describeMachine(), ...(python ? [`PyTorch ${python.torch}`] : [])]);
}

function torchSamplers(
  python: Python,
  vocabulary: number,
  seconds: number,
): readonly Contender<SamplingWork>[] {
  return torchWays.flatMap(({ name, ...way }) =>
    threadCounts.map((threads) => ({
      name,
      threads,
      measure: ({ name: _, ...work }) =>
        python.run('sample.py', { ...way, ...work, vocabulary, threads, seconds }, measurement),
    })),
  );
}
