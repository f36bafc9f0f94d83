import { shareOfSteps } from '../../../src/run/plan.ts';
import type { Wish } from './wish.ts';

/** What a budget comes to at a speed, over a text of so many characters. */
export function cost(
  { budget, unit, batch, unroll }: Pick<Wish, 'budget' | 'unit' | 'batch' | 'unroll'>,
  charsPerSecond: number,
  characters: number,
): { steps: number; passes: number; seconds: number } {
  const perStep = batch * unroll;
  const speed = charsPerSecond * shareOfSteps;
  const read = {
    minutes: budget * 60 * speed,
    passes: budget * characters,
    steps: budget * perStep,
  }[unit];
  return {
    steps: Math.max(1, Math.round(read / perStep)),
    passes: read / characters,
    seconds: read / speed,
  };
}
