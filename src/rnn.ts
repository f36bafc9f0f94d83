import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { States, Stepper } from './engine/engine.ts';
import { onnxEngine } from './engine/onnx/engine.ts';
import { BadInput } from './errors.ts';
import { type LearnedText, type LoadedNetwork, loadNetwork } from './load-network.ts';
import type { NetworkConfig } from './network/config.ts';
import { stateShapes } from './network/parameters.ts';
import { Prediction } from './prediction.ts';
import { scorerShape, scoreText, type TextScore } from './sample/score.ts';
import { readSeed, searchWords } from './sample/seed-word.ts';
import { Writer } from './sample/writer.ts';

/** A token as a network takes it: itself, its id, or a weight for each of the V tokens, which sum to 1. */
export type Input = string | number | ArrayLike<number>;

export interface LoadOptions {
  /** The store's file. @default the one that the program uses */
  readonly database?: string;
  /** Processors to use; 1 is the quickest for a single character. */
  readonly threads?: number;
}

/** A trained network, one token (a character, or a subword) at a time: `y = await rnn.step(x)`. */
export class Rnn {
  readonly config: NetworkConfig;
  /** The V tokens that it knows, in the order of their ids: characters, or subwords as well. */
  readonly tokens: readonly string[];
  /** The characters of which its texts are made. */
  readonly characters: readonly string[];
  readonly #network: LoadedNetwork;
  readonly #threads: number;
  readonly #stepper: Stepper;
  readonly #writer: Writer;
  #hidden: States;
  #gates: States = {};
  #learned: Promise<LearnedText> | undefined;

  private constructor(network: LoadedNetwork, threads: number, stepper: Stepper, writer: Writer) {
    this.config = network.config;
    this.tokens = network.tokenizer.tokens;
    this.characters = network.tokenizer.characters;
    this.#network = network;
    this.#threads = threads;
    this.#stepper = stepper;
    this.#writer = writer;
    this.#hidden = Object.fromEntries(
      stateShapes(network.config, 1).map(({ name }) => [
        name,
        new Float32Array(network.config.hidden),
      ]),
    );
  }

  /**
   * @param source a corpus, for the network that serves it (`bible`); the number of a run; or a `.safetensors` file
   * @throws BadInput where there is no such network, or its file cannot be read as one
   */
  static async load(source: string | number, options: LoadOptions = {}): Promise<Rnn> {
    const { threads = 1 } = options;
    const network = await loadNetwork(source, options.database);
    const { config, weights, tokenizer } = network;
    const stepper = await onnxEngine.stepper({ config, weights, threads, gates: true });
    return new Rnn(network, threads, stepper, new Writer(stepper, tokenizer));
  }

  /** What it remembers, [H] by name: `layer0.hidden`, of an LSTM `layer0.cell` too, and so on for each layer. */
  get hidden(): States {
    return this.#hidden;
  }

  /** The next step goes on from it. @throws BadInput where a state is missing or of another length */
  set hidden(states: States) {
    const H = this.config.hidden;
    for (const name of Object.keys(this.#hidden)) {
      if (states[name]?.length === H) continue;
      throw new BadInput(
        `The hidden state has no "${name}" of ${H} numbers.`,
        `Give it ${Object.keys(this.#hidden).join(', ')}, as they were read from \`hidden\`.`,
      );
    }
    this.#hidden = states;
  }

  /** What the gates were in the last step, [H] by name: `layer0.i`, ...; none before the first. */
  get gates(): States {
    return this.#gates;
  }

  /**
   * Reads a token and says what comes next; one step after the other, for each changes `hidden`.
   * @throws BadInput on a token or an id that it does not know, and on weights that do not sum to 1
   */
  async step(x: Input): Promise<Prediction> {
    const { logits, states, gates } = await this.#stepper.step(this.#column(x), this.#hidden);
    this.#hidden = states;
    this.#gates = gates;
    return new Prediction(logits, this.tokens);
  }

  /**
   * What goes on from a seed of any characters, token by token as it is drawn; `hidden` stays as it is. A seed that ends
   * with a whole word of the text that the network learned, or with one that begins none of its words, gets no further
   * letters, nor does any where that text is not here; `-` or `…` at its end asks for them. The first token may be the
   * rest of the seed's last word, and the last one may be cut.
   */
  async *generate(options: WritingOptions = {}): AsyncGenerator<string, void, undefined> {
    const { data: request, error } = writingForm.safeParse(options);
    if (!request) {
      const [issue] = error.issues;
      throw new BadInput(
        `\`generate\` cannot take this ${issue?.path.join('.')}: ${issue?.message}.`,
        'See `WritingOptions` for what it takes.',
      );
    }
    this.#learned ??= this.#network.findText();
    const { text, passageKind } = await this.#learned;
    const { prompt, endsWord } = readSeed(
      request.seed,
      this.#network.tokenizer,
      text === undefined ? undefined : searchWords(text),
    );
    const writing = { ...request, seed: prompt.text, endsWord, passageKind };
    for await (const tokens of this.#writer.writeTokens(writing)) yield* tokens;
  }

  /** How surprised it is by a text, in all and at each character; `hidden` stays as it is. */
  async score(text: string): Promise<TextScore> {
    const { config, weights, tokenizer } = this.#network;
    const shape = scorerShape(text.length);
    const scorer = await onnxEngine.scorer({ ...shape, config, threads: this.#threads });
    try {
      return await scoreText(scorer, weights, tokenizer, text);
    } finally {
      await scorer.close();
    }
  }

  /** Lets go of what it computes with. */
  async close(): Promise<void> {
    await this.#stepper.close();
  }

  #column(x: Input): Int32Array | Float32Array {
    const V = this.tokens.length;
    if (typeof x === 'object') {
      const weights = Float32Array.from(x);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      if (weights.length === V && Math.abs(sum - 1) < 1e-3) return weights;
      throw new BadInput(
        `These are ${weights.length} weights that sum to ${sum}.`,
        `Give a weight for each of the ${V} \`tokens\`, which together are 1.`,
      );
    }
    const id = typeof x === 'string' ? this.#network.tokenizer.idOf(x) : x;
    if (this.tokens[id] !== undefined) return Int32Array.of(id);
    throw new BadInput(
      `The network does not know the token ${typeof x === 'string' ? JSON.stringify(x) : x}.`,
      `Give one of its ${V} \`tokens\`, or an id from 0 to ${V - 1}.`,
    );
  }
}

const writingForm = z.object({
  /** What the text goes on from; characters that the network does not know are written otherwise or left out. */
  seed: z.string().default(''),
  /** 0 takes the likeliest always; 1 follows the network's own chances; above 1 evens them out. */
  temperature: z.number().min(0).default(1),
  /** Draws among the likeliest characters that together have at least this chance. */
  topP: z.number().min(0).max(1).default(1),
  /** Draws among so many of the likeliest; 0 is all. */
  topK: z.int().min(0).default(0),
  /** Draws among those that are at least this share as likely as the likeliest; 0 is all. */
  minP: z.number().min(0).max(1).default(0),
  /** Above 1, the last 64 tokens are less likely to come again. */
  repetitionPenalty: z.number().min(1).max(10).default(1),
  /** Characters at the most. */
  characters: z.int().min(0).default(500),
  /** Verses, paragraphs or lines at the most, whichever its text is made of; the one that the seed begins is the first. */
  passages: z.int().min(1).exactOptional(),
  /** Sentences at the most, the one that the seed begins included. */
  sentences: z.int().min(1).exactOptional(),
  /** The same number gives the same text again. @default another one each time */
  randomSeed: z.int().default(() => randomInt(2 ** 32)),
});

export type WritingOptions = z.input<typeof writingForm>;
