import { shareOfSteps } from '../../../src/train/defaults.ts';
import type { Measured } from './measuring.ts';
import { lanesOf, type Wish } from './wish.ts';

/** What a budget comes to at a speed, over a text of so many characters that are read in so many tokens. */
export function cost(
  { budget, unit, unroll, ...lanes }: Pick<Wish, 'budget' | 'unit' | 'batch' | 'unroll' | 'device'>,
  {
    charsPerSecond,
    characters,
    tokens,
  }: Pick<Measured, 'charsPerSecond' | 'characters' | 'tokens'>,
): { steps: number; passes: number; seconds: number } {
  const perStep = (lanesOf(lanes) * unroll * characters) / tokens;
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
