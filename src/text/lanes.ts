import { BadInput } from '../errors.ts';
import type { Random } from './random.ts';

/**
 * Training reads a text in B lanes side by side: the text from an offset on, cut into B contiguous parts of equal
 * length. A window is the next T characters of every lane; a pass is all windows of the lanes. Each pass begins at
 * another offset, so that windows and lanes are cut elsewhere.
 */
export interface LaneShape {
  /** Characters of the text. */
  readonly length: number;
  /** B: lanes. */
  readonly batch: number;
  /** T: characters of a lane in a window. */
  readonly unroll: number;
}

/** Where the lanes stand: the pass, the offset it began at, windows of it done. */
export interface Place {
  readonly pass: number;
  readonly offset: number;
  readonly window: number;
}

/** Time-major: character t of lane b is at t·B + b. */
export interface TrainingWindow {
  /** [T·B] */
  readonly inputs: Int32Array;
  /** [T·B], the character after each input. */
  readonly targets: Int32Array;
  /** Whether the hidden state starts at zero here: where a pass begins, and now and then within it. */
  readonly resetState: boolean;
}

/**
 * Every text that is written begins with a hidden state of zero. A network that met it only where a pass begins wrote
 * noise from it for hundreds of characters, in 16 to 39 of 40 texts; meeting it in one window of 25, in none, at
 * 0.002 bits per character.
 */
const windowsBetweenColdStarts = 25;

/**
 * Windows in every pass: as many as fit.
 *
 * @throws BadInput if not one fits.
 */
export function windowsPerPass(shape: LaneShape): number {
  const { length, batch, unroll } = shape;
  const windows = Math.floor((length - 1) / (batch * unroll));
  if (windows >= 1) return windows;
  const lanes = largestBatch(length, unroll);
  throw new BadInput(
    `A text of ${length} characters is too short for ${batch} lanes of ${unroll} characters.`,
    lanes >= 1
      ? `Use --batch ${lanes} or less, or a smaller --unroll.`
      : `Use --unroll ${Math.max(1, length - 1)} or less, with --batch 1.`,
  );
}

/** The most lanes of T characters that fit in a text; 0 where not even one does. */
export function largestBatch(length: number, unroll: number): number {
  return Math.max(0, Math.floor((length - 1) / unroll));
}

/** How many offsets a pass can begin at: T, or the fewer that leave room for all its windows. */
function offsetCount(shape: LaneShape): number {
  const read = windowsPerPass(shape) * shape.batch * shape.unroll;
  return Math.min(shape.unroll, shape.length - read);
}

/** The beginning of a pass, counted from 0. */
export function beginPass(shape: LaneShape, pass: number, random: Random): Place {
  return { pass, offset: random.below(offsetCount(shape)), window: 0 };
}

/** The place after a window was read: the next window, or the beginning of the next pass. */
export function placeAfter(shape: LaneShape, place: Place, random: Random): Place {
  const window = place.window + 1;
  if (window < windowsPerPass(shape)) return { ...place, window };
  return beginPass(shape, place.pass + 1, random);
}

/**
 * The window at a place of the text that these ids are: lane b begins at offset + b·⌊(length - offsets) / B⌋, so
 * that over the passes all of the text is learned but fewer than T + B characters at its end.
 */
export function readWindow(ids: ArrayLike<number>, shape: LaneShape, place: Place): TrainingWindow {
  const { length, batch, unroll } = shape;
  const laneLength = Math.floor((length - offsetCount(shape)) / batch);
  const inputs = new Int32Array(unroll * batch); // [T·B]
  const targets = new Int32Array(unroll * batch); // [T·B]
  for (let lane = 0; lane < batch; lane++) {
    const start = place.offset + lane * laneLength + place.window * unroll;
    for (let t = 0; t < unroll; t++) {
      inputs[t * batch + lane] = ids[start + t] ?? 0;
      targets[t * batch + lane] = ids[start + t + 1] ?? 0;
    }
  }
  return { inputs, targets, resetState: place.window % windowsBetweenColdStarts === 0 };
}
