import { beginPass, type LaneShape, type Place, windowsPerPass } from '../text/lanes.ts';
import type { Random } from '../text/random.ts';
import type { TrainingSettings } from './settings.ts';

interface Encodings {
  /** The ids of the training part. */
  readonly training: Int32Array;
  /** The ids of one pass, where each is encoded anew. */
  readonly encodePass?: (pass: number) => Int32Array;
  readonly settings: Pick<TrainingSettings, 'batch' | 'unroll'>;
}

/** The training part as it is read, pass after pass: with BPE-dropout each of them has another length. */
export class TrainingText {
  readonly #training: Encodings;
  #encoded: { readonly pass: number; readonly ids: Int32Array } | undefined;

  constructor(training: Encodings) {
    this.#training = training;
  }

  /** The ids of a pass; those of the last one asked for are kept. */
  ids(pass: number): Int32Array {
    const { training, encodePass } = this.#training;
    if (!encodePass) return training;
    if (this.#encoded?.pass !== pass) this.#encoded = { pass, ids: encodePass(pass) };
    return this.#encoded.ids;
  }

  lanes(pass: number): LaneShape {
    const { batch, unroll } = this.#training.settings;
    return { length: this.ids(pass).length, batch, unroll };
  }

  /** The next window, or the beginning of the next pass. */
  placeAfter(place: Place, random: Random): Place {
    const window = place.window + 1;
    if (window < windowsPerPass(this.lanes(place.pass))) return { ...place, window };
    const pass = place.pass + 1;
    return beginPass(this.lanes(pass), pass, random);
  }

  /** Passes that were read, a fraction, after so many steps that led to a place. */
  passes(step: number, { pass, window }: Place): number {
    const perPass = windowsPerPass(this.lanes(pass));
    return this.#training.encodePass ? pass + window / perPass : step / perPass;
  }
}
