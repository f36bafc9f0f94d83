import { parametersOf, stateShapes } from '../../network/parameters.ts';
import { tensorNames } from '../../network/training-graph.ts';
import type { States, StepOutput, Stepper, StepperSetup } from '../engine.ts';
import { floatsOf } from './arrays.ts';
import type { Connection, Remote } from './connection.ts';

/** Steps in Python, in fp32 and in the one process that leads. */
export async function torchStepper(connection: Connection, setup: StepperSetup): Promise<Stepper> {
  const { config, weights, threads, gates = false } = setup;
  const settings = { config, threads, gates };
  return new TorchStepper(
    setup,
    await connection.create('stepper', settings, parametersOf(config, weights)),
  );
}

class TorchStepper implements Stepper {
  readonly #setup: StepperSetup;
  readonly #remote: Remote;

  constructor(setup: StepperSetup, remote: Remote) {
    this.#setup = setup;
    this.#remote = remote;
  }

  async step(
    characters: Int32Array | Float32Array,
    states: States | undefined,
  ): Promise<StepOutput> {
    const { config } = this.#setup;
    const { vocabularySize: V, hidden: H } = config;
    const byId = characters instanceof Int32Array;
    const rows = byId ? characters.length : characters.length / V;
    const names = stateShapes(config, rows).map(({ name }) => name);
    const found = await this.#remote.call(
      'step',
      {},
      {
        ...(byId
          ? { ids: { shape: [rows], data: characters } }
          : { weights: { shape: [rows, V], data: characters } }),
        ...Object.fromEntries(
          names.flatMap((name) => {
            const data = states?.[name];
            return data ? [[name, { shape: [rows, H], data }]] : [];
          }),
        ),
      },
    );
    const gates = Object.keys(found).filter(
      (name) => name !== 'logits' && !name.startsWith('next.'),
    );
    return {
      logits: floatsOf(found, 'logits'),
      states: Object.fromEntries(
        names.map((name) => [name, floatsOf(found, tensorNames.next(name))]),
      ),
      gates: Object.fromEntries(gates.map((name) => [name, floatsOf(found, name)])),
    };
  }

  async close(): Promise<void> {
    await this.#remote.close();
  }
}
