import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadTorchEngine } from '../src/engine/torch/engine.ts';
import type { NetworkConfig } from '../src/network/config.ts';
import { parameterCount } from '../src/network/parameters.ts';
import { Random } from '../src/text/random.ts';
import { completeSettings } from '../src/train/defaults.ts';
import { initialState } from '../src/train/state.ts';
import { type Bench, checkValues, type Report, type Values } from './bench.ts';
import { describeMachine, requireQuiet } from './machine.ts';
import { median } from './median.ts';
import { table } from './table.ts';

export const processes: Bench = {
  name: 'processes',
  about:
    'What a step of the torch engine takes in several processes of this machine, by the units of a layer: of one\n' +
    'layer of LSTM, embedding 128; and what each step sends over the loopback interface. With --unroll 1 --batch 4\n' +
    'hardly anything is computed: what is left is the sum over the processes and the optimizer.',
  options: {
    processes: { value: 'LIST', about: 'how many', default: '1,2,4' },
    hidden: { value: 'LIST', about: 'units', default: '256,512,1024' },
    batch: { value: 'N', about: 'lanes', default: '64' },
    unroll: { value: 'N', about: 'tokens of each lane', default: '64' },
    threads: { value: 'N', about: 'of all processes together, at least one each', default: '2' },
    precision: { value: 'KIND', about: 'fp32 or bf16', default: 'fp32' },
    seconds: { value: 'N', about: 'how long each is measured, after a warm-up', default: '8' },
    busy: { about: 'measure even while something else works on the machine' },
  },
  run: measureProcesses,
};

const list = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(z.int().min(1)));

const valuesSchema = z.object({
  processes: list,
  hidden: list,
  batch: z.coerce.number().int().min(1),
  unroll: z.coerce.number().int().min(1),
  threads: z.coerce.number().int().min(1),
  precision: z.enum(['fp32', 'bf16']),
  seconds: z.coerce.number().positive(),
  busy: z.boolean().default(false),
});

async function measureProcesses(given: Values): Promise<Report> {
  const values = checkValues(given, valuesSchema);
  if (!values.busy) await requireQuiet();
  const rows: Awaited<ReturnType<typeof measure>>[] = [];
  for (const hidden of values.hidden) {
    for (const count of values.processes) rows.push(await measure(hidden, count, values));
  }
  const titles = [
    'hidden',
    'parameters',
    'processes',
    'ms a step',
    'fastest',
    'slowest',
    'MB sent',
  ];
  const cells = rows.map((row) => [
    ...[row.hidden, row.parameters, row.processes].map(String),
    ...[row.milliseconds, row.fastest, row.slowest].map((each) => each.toFixed(0)),
    row.megabytes?.toFixed(2) ?? '-',
  ]);
  return {
    text: `machine: ${describeMachine()}\n\n${table(titles, cells)}`,
    data: { machine: describeMachine(), rows },
  };
}

async function measure(
  hidden: number,
  count: number,
  { batch, unroll, threads, precision, seconds }: z.infer<typeof valuesSchema>,
) {
  const config: NetworkConfig = {
    ...{ cell: 'lstm', vocabularySize: 96, embedding: 128, hidden, layers: 1 },
  };
  const shape = { batch, unroll };
  const length = batch * unroll;
  const wish = { ...shape, steps: 1000, dropout: 0, emaDecay: 0, randomSeed: 1 } as const;
  const settings = completeSettings({ ...wish, heldOut: 'none' }, config, {
    ...{ training: length + 1, validation: 0, tokenizer: 'char' },
  });
  const engine = await loadTorchEngine({ threads, precision, processes: count, nodes: 1 });
  const setup = {
    ...{ config, ...shape, threads, keepsEma: false },
    dropout: { outputs: false, recurrent: false },
  };
  const { arrays } = initialState(config, settings, { length: length + 1, ...shape });
  const trainer = await engine.trainer(setup, arrays);
  const random = Random.seeded(1, 'processes');
  const ids = () => Int32Array.from({ length }, () => random.below(config.vocabularySize));
  const window = { inputs: ids(), targets: ids() };
  const masks = { recurrent: {}, layers: [] };
  const step = (number: number) =>
    trainer.step(window, masks, { ...settings, step: number, resetState: false });
  for (let warmUp = 1; warmUp <= 3; warmUp++) await step(warmUp);
  const times: number[] = [];
  const sentBefore = loopbackBytes();
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    const before = performance.now();
    await step(4 + times.length);
    times.push(performance.now() - before);
  }
  const sent = loopbackBytes();
  await trainer.close();
  return {
    ...{ hidden, processes: count, parameters: parameterCount(config) },
    milliseconds: median(times),
    fastest: Math.min(...times),
    slowest: Math.max(...times),
    /** A step, over the loopback interface, whoever used it; null where the system does not say. */
    megabytes:
      sent === null || sentBefore === null ? null : (sent - sentBefore) / times.length / 1e6,
  };
}

/** What this machine has sent to itself since it started; null where the system does not say. */
function loopbackBytes(): number | null {
  if (process.platform !== 'linux') return null;
  const line = /^\s*lo:\s*(\d+)/m.exec(readFileSync('/proc/net/dev', 'utf8'));
  return line ? Number(line[1]) : null;
}
