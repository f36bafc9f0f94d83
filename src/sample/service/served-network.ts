import type { Engine, Scorer } from '../../engine/engine.ts';
import type { NamedArrays, NetworkConfig } from '../../network/config.ts';
import { readTokenizer, type SavedTokenizer } from '../../text/tokenizer/saved-tokenizer.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { scorerShape, scoreText, type TextScore } from '../score.ts';
import type { WriteRequest } from '../write-request.ts';
import { Writer } from '../writer.ts';

/** A `TrainedNetwork` as it passes to the thread, where a class would arrive without its methods. */
export interface CarriedNetwork {
  readonly id: number;
  readonly config: NetworkConfig;
  readonly tokenizer: SavedTokenizer;
  readonly weights: NamedArrays;
}

/**
 * How many texts a network writes at once; others wait. A larger batch would not be faster in total, and each text
 * would take longer.
 */
const mostAtOnce = 64;

/** A network that writes and scores until it is retired and its last requests are done. */
export class ServedNetwork {
  readonly #engine: Engine;
  readonly #network: CarriedNetwork;
  readonly #threads: number;
  readonly #tokenizer: Tokenizer;
  readonly #writer: Writer;
  readonly #close: () => Promise<void>;
  readonly #waiting: (() => void)[] = [];
  #writing = 0;
  #scoring: Promise<unknown> = Promise.resolve();
  #scorers = new Map<number, Scorer>();
  #calls = 0;
  #retired = false;

  private constructor(
    engine: Engine,
    network: CarriedNetwork,
    threads: number,
    tokenizer: Tokenizer,
    writer: Writer,
    close: () => Promise<void>,
  ) {
    this.#engine = engine;
    this.#network = network;
    this.#threads = threads;
    this.#tokenizer = tokenizer;
    this.#writer = writer;
    this.#close = close;
  }

  static async open(
    engine: Engine,
    network: CarriedNetwork,
    threads: number,
  ): Promise<ServedNetwork> {
    const { config, weights } = network;
    const tokenizer = readTokenizer(network.tokenizer);
    const stepper = await engine.stepper({ config, weights, threads, quantized: true });
    const writer = new Writer(stepper, tokenizer);
    return new ServedNetwork(engine, network, threads, tokenizer, writer, () => stepper.close());
  }

  async *write(request: WriteRequest): AsyncGenerator<string, void, undefined> {
    this.#calls++;
    try {
      if (this.#writing === mostAtOnce) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      } else this.#writing++;
      try {
        yield* this.#writer.write(request);
      } finally {
        const next = this.#waiting.shift();
        if (next) next();
        else this.#writing--;
      }
    } finally {
      await this.#end();
    }
  }

  /** Scores one text after the other. */
  async score(text: string): Promise<TextScore> {
    this.#calls++;
    try {
      const before = this.#scoring;
      const score = before.then(() => this.#scoreNow(text));
      this.#scoring = score.catch(() => {});
      return await score;
    } finally {
      await this.#end();
    }
  }

  /** Frees its steppers as soon as no request is running. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.#closeIfIdle();
  }

  async #scoreNow(text: string): Promise<TextScore> {
    const shape = scorerShape(text.length);
    const { config, weights } = this.#network;
    const known = this.#scorers.get(shape.lanes);
    const scorer =
      known ?? (await this.#engine.scorer({ ...shape, config, threads: this.#threads }));
    this.#scorers.set(shape.lanes, scorer);
    return scoreText(scorer, weights, this.#tokenizer, text);
  }

  async #end(): Promise<void> {
    this.#calls--;
    await this.#closeIfIdle();
  }

  async #closeIfIdle(): Promise<void> {
    if (!this.#retired || this.#calls > 0) return;
    const scorers = [...this.#scorers.values()];
    this.#scorers.clear();
    await Promise.all([this.#close(), ...scorers.map((scorer) => scorer.close())]);
  }
}
