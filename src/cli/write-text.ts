import type { Engine } from '../engine/engine.ts';
import type { StoredNetwork } from '../run/models.ts';
import { readSeed, searchWords } from '../sample/seed-word.ts';
import type { WriteRequest } from '../sample/write-request.ts';
import { Writer } from '../sample/writer.ts';
import type { PreparedPrompt } from '../text/prompt.ts';
import { loadEngine } from './engines.ts';
import type { Terminal } from './terminal.ts';

export interface WrittenText {
  /** What became of the seed as it was typed. */
  readonly prompt: PreparedPrompt;
  /** The seed as the network reads it; empty where the text begins anew. */
  readonly seed: string;
  /** What goes on from it, in pieces as it is drawn. */
  readonly pieces: AsyncGenerator<string, void, undefined>;
}

export interface WritingMeans {
  /** The engine that computes, or its name. @default onnx */
  readonly engine?: string | Engine;
  /** Whether it draws by the weights as they are, and not by their rounding to eight bits. @default false */
  readonly exact?: boolean;
  /** The text that the network learned, where it is here: only it tells which words a seed breaks off within. */
  readonly learned?: string | undefined;
}

/** Writes a text from a seed of any characters. */
export function writeText(
  model: StoredNetwork,
  asked: WriteRequest,
  { engine = 'onnx', exact = false, learned }: WritingMeans = {},
): WrittenText {
  const { prompt, endsWord } = readSeed(
    asked.seed,
    model.tokenizer,
    learned === undefined ? undefined : searchWords(learned),
  );
  const seed = prompt.text;
  return { prompt, seed, pieces: draw(model, { ...asked, seed, endsWord }, engine, exact) };
}

/** Shows a text as it is drawn, its seed in bold. */
export async function showText(terminal: Terminal, { seed, pieces }: WrittenText): Promise<void> {
  terminal.write(terminal.styled('bold', seed));
  for await (const piece of pieces) terminal.write(piece);
  terminal.print('');
}

async function* draw(
  model: StoredNetwork,
  request: WriteRequest,
  computing: string | Engine,
  exact: boolean,
) {
  const { config, weights, tokenizer } = model;
  const engine = typeof computing === 'string' ? await loadEngine(computing) : computing;
  const stepper = await engine.stepper({ config, weights, threads: 1, quantized: !exact });
  try {
    yield* new Writer(stepper, tokenizer).write(request);
  } finally {
    await stepper.close();
  }
}
