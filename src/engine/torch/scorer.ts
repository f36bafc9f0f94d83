import type { NamedArrays } from '../../network/config.ts';
import { parametersOf } from '../../network/parameters.ts';
import type { Scorer, ScorerSetup, Window } from '../engine.ts';
import { floatsOf } from './arrays.ts';
import type { Connection, Remote } from './connection.ts';

/** Scores in Python, in fp32 and in the one process that leads. */
export async function torchScorer(connection: Connection, setup: ScorerSetup): Promise<Scorer> {
  const { config, lanes, threads } = setup;
  return new TorchScorer(setup, await connection.create('scorer', { config, lanes, threads }, {}));
}

class TorchScorer implements Scorer {
  readonly #setup: ScorerSetup;
  readonly #remote: Remote;
  #begun: Promise<unknown> | undefined;

  constructor(setup: ScorerSetup, remote: Remote) {
    this.#setup = setup;
    this.#remote = remote;
  }

  begin(weights: NamedArrays): void {
    this.#begun = this.#remote.call('begin', {}, parametersOf(this.#setup.config, weights));
    // The window after it says what went wrong.
    this.#begun.catch(() => {});
  }

  async score({ inputs, targets }: Window): Promise<Float32Array> {
    if (!this.#begun) throw new TypeError('a scorer begins with weights');
    await this.#begun;
    const ids = (data: Int32Array) => ({ shape: [data.length], data });
    const given = { inputs: ids(inputs), targets: ids(targets) };
    return floatsOf(await this.#remote.call('score', {}, given), 'nats');
  }

  async close(): Promise<void> {
    await this.#remote.close();
  }
}
