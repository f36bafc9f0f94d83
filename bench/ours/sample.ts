import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { initialParameters } from '../../src/network/parameters.ts';
import { Writer } from '../../src/sample/writer.ts';
import { Random } from '../../src/text/random.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { report } from './report.ts';

/** The work, as the bench gives it in the one argument. */
const job = z
  .object({
    vocabulary: z.int(),
    embedding: z.int(),
    hidden: z.int(),
    streams: z.int(),
    threads: z.int(),
    seconds: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const warmUpCharacters = 100;

const random = Random.seeded(1, 'parameters');
const config = {
  cell: 'lstm',
  vocabularySize: job.vocabulary,
  embedding: job.embedding,
  hidden: job.hidden,
  layers: 1,
} as const;
const stepper = await onnxEngine.stepper({
  config,
  weights: initialParameters(config, () => random.next()),
  threads: job.threads,
  quantized: true,
});
// Any characters will do: the newline, and as many from the space on as make up the number.
const vocabulary = CharacterTokenizer.parse(
  Array.from({ length: job.vocabulary }, (_, id) =>
    id === 0 ? '\n' : String.fromCharCode(31 + id),
  ),
);
const writer = new Writer(stepper, vocabulary);

let characters = 0;
let ended = false;
const streams = Promise.all(Array.from({ length: job.streams }, (_, stream) => write(stream)));

while (characters < job.streams * warmUpCharacters) await setImmediate();
const before = characters;
const began = performance.now();
await sleep(job.seconds * 1000);
report((characters - before) / ((performance.now() - began) / 1000));
ended = true;
await streams;
await stepper.close();

async function write(stream: number): Promise<void> {
  const drawing = { temperature: 0.8, topP: 1, topK: 0, characters: Number.POSITIVE_INFINITY };
  for await (const drawn of writer.write({ seed: '', randomSeed: stream, ...drawing })) {
    characters += drawn.length;
    if (ended) return;
  }
}
