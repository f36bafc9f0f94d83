import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { loadNetwork } from '../src/load-network.ts';
import { cellNames } from '../src/network/cells/cells.ts';
import { toSafetensors } from '../src/network/network-file.ts';
import { networkNotation } from '../src/network/notation.ts';
import { saveTokenizer } from '../src/text/tokenizer/saved-tokenizer.ts';
import { type Bench, checkValues, type Report, type Values } from './bench.ts';
import { type Asked, ask, askAll } from './bot/ask.ts';
import { type RunningBot, withBot } from './bot/running-bot.ts';
import { describeMachine, processorSeconds, requireQuiet } from './machine.ts';
import { median, quantile } from './median.ts';
import { type Escriba, withOwnStore } from './ours/command.ts';
import { table } from './table.ts';

export const bot: Bench = {
  name: 'bot',
  about:
    'The bot as it was built, on a Discord on loopback: how long one `/bible seed:Henrique` takes, and what\n' +
    'becomes of many that come together from as many people, with an allowance to each and to their servers.',
  options: {
    run: {
      value: 'FILE|store',
      about: 'what writes: a .safetensors file, or what serves the Bible in the store',
      default: 'store',
    },
    requests: { value: 'N', about: 'how many ask together', default: '500' },
    seconds: { value: 'N', about: 'within how long they ask', default: '10' },
    threads: {
      value: 'N',
      about: 'processors to write with',
      default: String(availableParallelism()),
    },
    busy: { about: 'measure even while something else works on the machine' },
  },
  run: measureBot,
};

const botValues = z.object({
  run: z.string(),
  requests: z.coerce.number().int().min(1),
  seconds: z.coerce.number().positive(),
  threads: z.coerce.number().int().min(1),
  busy: z.boolean().default(false),
});

/** How often one asks alone. */
const times = 10;
const megabyte = 1e6;

async function measureBot(given: Values): Promise<Report> {
  const values = checkValues(given, botValues);
  if (!values.busy) await requireQuiet();
  return withOwnStore(async (escriba, folder, env) => {
    const network = await bringNetwork(escriba, folder, values.run);
    const measured = await withBot(values.threads, env, (running) => measure(running, values));
    const machine = describeMachine();
    return {
      text: [`${machine}\n${network}, threads ${values.threads}`, tableOf(measured, values)].join(
        '\n\n',
      ),
      data: { machine, network, threads: values.threads, ...measured },
    };
  });
}

/** Puts what is to write into the store of the bench; tells what it is. */
async function bringNetwork(escriba: Escriba, folder: string, run: string): Promise<string> {
  const file = run === 'store' ? join(folder, 'serving.safetensors') : run;
  if (run === 'store') {
    const { config, tokenizer, weights } = await loadNetwork('bible');
    const saved = saveTokenizer(tokenizer);
    await writeFile(file, toSafetensors({ config, ...saved, weights, metadata: {} }));
  }
  let answer = '';
  for await (const piece of escriba('import', file, '--corpus', 'bible', '--json')) answer += piece;
  const { network } = imported.parse(JSON.parse(answer));
  return `${networkNotation(network)}, embedding ${network.embedding}`;
}

const imported = z.object({
  network: z.object({
    cell: z.enum(cellNames),
    layers: z.number(),
    hidden: z.number(),
    embedding: z.union([z.number(), z.string()]),
  }),
});

interface Measured {
  /** Seconds to each finished answer of one who asks alone, and its characters. */
  readonly alone: readonly { readonly seconds: number; readonly characters: number }[];
  /** Of those who ask together: milliseconds to their acknowledgements. */
  readonly acknowledged: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Seconds from the last request to the last answer, and to each answer from its own request. */
  readonly lastAnswer: number;
  readonly answered: { readonly p50: number; readonly p99: number };
  readonly lost: number;
  readonly charactersPerAnswer: number;
  /** Bytes; null where the system does not tell. */
  readonly memory: {
    readonly before: number | null;
    readonly peak: number | null;
    readonly after: number | null;
  };
  /** How many processors were busy with all of it, others' work too. */
  readonly busyProcessors: number;
}

async function measure(
  { discord, memory, peakMemory }: RunningBot,
  { requests, seconds }: z.infer<typeof botValues>,
): Promise<Measured> {
  const quiet = discord.addServer();
  const alone: Asked[] = [];
  for (let time = 0; time < times; time++) alone.push(await ask(discord, `2000${time}`, quiet.id));
  process.stderr.write(`${requests} ask within ${seconds} s ...\n`);
  const before = await memory();
  peakMemory();
  const [began, busyBefore] = [performance.now(), processorSeconds()];
  const asked = await askAll(discord, requests, seconds);
  const busyProcessors = (processorSeconds() - busyBefore) / ((performance.now() - began) / 1000);
  const [peak, after] = [peakMemory(), await memory()];

  const acknowledged = asked.flatMap(({ acknowledged }) => acknowledged ?? []);
  const answered = asked.flatMap((each) =>
    each.answered === null ? [] : [{ ...each, answered: each.answered }],
  );
  const lastRequest = Math.max(...asked.map(({ at }) => at));
  const waits = answered.map((each) => each.answered / 1000);
  return {
    alone: alone.map(({ answered, characters }) => ({
      seconds: (answered ?? Number.NaN) / 1000,
      characters,
    })),
    acknowledged: {
      p50: quantile(acknowledged, 0.5),
      p99: quantile(acknowledged, 0.99),
      max: Math.max(...acknowledged),
    },
    lastAnswer: (Math.max(...answered.map((each) => each.at + each.answered)) - lastRequest) / 1000,
    answered: { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) },
    lost: asked.length - answered.length,
    charactersPerAnswer: answered.reduce((sum, each) => sum + each.characters, 0) / answered.length,
    memory: { before, peak, after },
    busyProcessors,
  };
}

function tableOf(measured: Measured, { requests, seconds }: z.infer<typeof botValues>): string {
  const { alone, acknowledged, answered, memory } = measured;
  const megabytes = (bytes: number | null) =>
    bytes === null ? '-' : `${(bytes / megabyte).toFixed(0)} MB`;
  const ceiling = memory.before === null ? null : memory.before + 100 * megabyte;
  const milliseconds = (time: number) => `${time.toFixed(0)} ms`;
  const inSeconds = (time: number) => `${time.toFixed(2)} s`;
  const characters = (count: number) => count.toFixed(0);
  const aloneSeconds = alone.map((each) => each.seconds);
  return table(
    ['what', 'measured', 'wanted'],
    [
      [`one alone, median of ${times}: answered`, inSeconds(median(aloneSeconds)), 'below 1.5 s'],
      ['  characters', characters(median(alone.map((each) => each.characters))), 'for some 300'],
      [`${requests} in ${seconds} s: acknowledged, p50`, milliseconds(acknowledged.p50), ''],
      ['  p99', milliseconds(acknowledged.p99), 'below 100 ms'],
      ['  max', milliseconds(acknowledged.max), ''],
      ['  answered, p50', inSeconds(answered.p50), ''],
      ['  p99', inSeconds(answered.p99), ''],
      ['  the last one after the last request', inSeconds(measured.lastAnswer), 'below 10 s'],
      ['  lost', String(measured.lost), '0'],
      ['  characters an answer', characters(measured.charactersPerAnswer), ''],
      ['  processors busy', measured.busyProcessors.toFixed(2), ''],
      ['memory before', megabytes(memory.before), ''],
      ['  peak', megabytes(memory.peak), ceiling === null ? '' : `below ${megabytes(ceiling)}`],
      ['  after', megabytes(memory.after), ''],
    ],
  );
}
