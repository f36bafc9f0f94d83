import { toOnnx } from '../../../graph/onnx/lower.ts';
import { input } from '../../../graph/operations.ts';
import type { NamedArray, NamedArrays } from '../../../network/config.ts';
import { type CardArrays, CardSession, floatsOf, named } from './card-session.ts';

interface Named {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Brings arrays of those names and shapes to the card, or back from it: the runtime copies what a session gives. */
export class CardCopies {
  readonly #arrays: readonly Named[];
  readonly #session: CardSession;

  private constructor(arrays: readonly Named[], session: CardSession) {
    this.#arrays = arrays;
    this.#session = session;
  }

  static async create(arrays: readonly Named[], to: 'card' | 'here'): Promise<CardCopies> {
    const file = toOnnx(
      Object.fromEntries(arrays.map(({ name, shape }) => [copyOf(name), input(name, shape)])),
      'card',
    );
    const results = arrays.map(({ name }) => copyOf(name));
    return new CardCopies(arrays, await CardSession.create(file, to === 'card' ? results : []));
  }

  /** Copies of the arrays, under their own names. */
  async copy(from: CardArrays): Promise<CardArrays> {
    const feeds = this.#arrays.map(({ name }) => [name, named(from, name)] as const);
    const copies = await this.#session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      this.#arrays.map(({ name }) => [name, named(copies, copyOf(name))] as const),
    );
  }

  /** The arrays as they are on the card. */
  async read(from: CardArrays): Promise<NamedArrays> {
    const copies = await this.copy(from);
    return Object.fromEntries(
      this.#arrays.map(({ name, shape }): [string, NamedArray] => [
        name,
        { shape, data: floatsOf(copies, name) },
      ]),
    );
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}

function copyOf(name: string): string {
  return `copy.${name}`;
}
