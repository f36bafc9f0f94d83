import { createHash } from 'node:crypto';
import { BadInput } from '../errors.ts';

/**
 * The project's random numbers: xoshiro128** 1.1 by Blackman and Vigna (https://prng.di.unimi.it/), 128 bits of
 * state, period 2^128 - 1. Its state can be written down, and restored it goes on with the same numbers.
 */
export class Random {
  readonly #state: Uint32Array;

  private constructor(state: Uint32Array) {
    this.#state = state;
  }

  /** A generator of its own for each seed and label: what one draws never moves another. */
  static seeded(seed: number, label: string): Random {
    const digest = createHash('sha256').update(`${seed} ${label}`).digest();
    return new Random(Uint32Array.from([0, 4, 8, 12], (at) => digest.readUInt32LE(at)));
  }

  /** The generator that `state()` was asked of. @throws BadInput if that is not four 32-bit numbers, one above 0. */
  static restore(state: readonly number[]): Random {
    const words = Uint32Array.from(state);
    const exact = state.every((word, place) => word === words[place]);
    if (words.length !== 4 || !exact || words.every((word) => word === 0)) {
      throw new BadInput(
        `[${state.join(', ')}] is not the state of a random generator.`,
        'Resume from another checkpoint; this one is damaged.',
      );
    }
    return new Random(words);
  }

  /** Four integers of 32 bits. */
  state(): number[] {
    return [...this.#state];
  }

  /** A multiple of 2^-32 in [0, 1). */
  next(): number {
    const s = this.#state;
    const s0 = s[0] ?? 0;
    const s1 = s[1] ?? 0;
    const s2 = (s[2] ?? 0) ^ s0;
    const s3 = (s[3] ?? 0) ^ s1;
    s[0] = s0 ^ s3;
    s[1] = s1 ^ s2;
    s[2] = s2 ^ (s1 << 9);
    s[3] = rotateLeft(s3, 11);
    const drawn = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    return drawn / 0x1_0000_0000;
  }

  /** An integer in [0, end), for an end of 1 to 2^32. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
