import type { States, Stepper } from '../../src/engine/engine.ts';

/**
 * The bits of the characters of a text from `first` to before `end`, each by the logits of a network that reads the
 * stream of a newline and the text one by one, from 256 characters before the first on.
 */
export async function plainReading(
  stepper: Stepper,
  ids: Int32Array,
  newlineId: number,
  first: number,
  end: number,
): Promise<number[]> {
  const stream = [newlineId, ...ids];
  const bits: number[] = [];
  let states: States | undefined;
  // The character at `place` of the text is at place + 1 of the stream, and follows what is at `place` of that.
  for (let place = Math.max(0, first + 1 - 256); place < end; place++) {
    const step = await stepper.step(Int32Array.of(stream[place] ?? 0), states);
    states = step.states;
    if (place >= first) bits.push(bitsOf(step.logits, ids[place] ?? 0));
  }
  return bits;
}

/** −log₂ of the chance of an id by its logits [V]. */
export function bitsOf(logits: Float32Array, id: number): number {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return (Math.log(sum) + largest - (logits[id] ?? 0)) / Math.LN2;
}
