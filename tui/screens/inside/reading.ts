import { chancesOf } from '../../../src/sample/draw.ts';
import type { Frame } from './frame.ts';

/** A step, and the character after it. */
export interface ReadStep {
  readonly frame: Frame;
  /** The temperature of drawing at that step. */
  readonly temperature: number;
  /** The chances of all characters [V] at that temperature; at 0, which takes the likeliest, as they are at 1. */
  readonly chances: Float64Array;
  readonly next: number;
  /** Whether the network drew the next character, or the text has it. */
  readonly drawn: boolean;
}

/** A text that a network reads and then goes on with. */
export interface Reading {
  /** The ids of the text; a newline before it is read too. */
  readonly ids: Int32Array;
  /** The last steps, the newest last. */
  readonly steps: readonly ReadStep[];
  /** Steps done. */
  readonly done: number;
}

/** Steps that are kept to look at. */
const kept = 200;

export function beginReading(ids: Int32Array): Reading {
  return { ids, steps: [], done: 0 };
}

/** The character that the network takes next. */
export function nextInput({ ids, steps, done }: Reading, newlineId: number): number {
  return steps.at(-1)?.next ?? (done === 0 ? newlineId : (ids[done - 1] ?? newlineId));
}

/** The reading one step further. @param draw chooses a character by its logits, where the text is at its end */
export function afterStep(
  { ids, steps, done }: Reading,
  frame: Frame,
  temperature: number,
  draw: (logits: Float32Array) => number,
): Reading {
  const known = ids[done];
  const step: ReadStep = {
    frame,
    temperature,
    chances: chancesOf(frame.logits, temperature || 1),
    next: known ?? draw(frame.logits),
    drawn: known === undefined,
  };
  return { ids, steps: [...steps, step].slice(-kept), done: done + 1 };
}

/** The likeliest characters, the likeliest first, by their ids. */
export function likeliest(chances: Float64Array, count: number): { id: number; chance: number }[] {
  return Array.from(chances, (chance, id) => ({ id, chance }))
    .sort((a, b) => b.chance - a.chance)
    .slice(0, count);
}
