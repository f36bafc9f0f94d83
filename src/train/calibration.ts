import type { NamedArray, NamedArrays, NetworkConfig } from '../network/config.ts';
import { parameterShapes } from '../network/parameters.ts';

/** The weights of a network whose logits are `factor` times those of another. */
export function scaleLogits(
  config: NetworkConfig,
  weights: NamedArrays,
  factor: number,
): NamedArrays {
  const scaled = parameterShapes(config)
    .filter(({ role }) => role === 'dense' || role === 'denseBias')
    .flatMap(({ name }): [string, NamedArray][] => {
      const array = weights[name];
      return array ? [[name, { ...array, data: array.data.map((weight) => weight * factor) }]] : [];
    });
  return { ...weights, ...Object.fromEntries(scaled) };
}

/** Where a text's figure is looked at; it is convex in the factor, and close to a parabola between these. */
const [least, middle, most] = [0.9, 1, 1.1] as const;

/**
 * The factor of the logits with which a network predicts a text best, from 0.8 to 1.25: under 1 where it is
 * overconfident, as after many passes over a short text (temperature scaling, Guo et al. 2017, where the temperature
 * is 1 / factor).
 *
 * @param bitsAt bits per character of the text, with the logits times a factor
 */
export async function calibration(bitsAt: (factor: number) => Promise<number>): Promise<number> {
  const [low, here, high] = [await bitsAt(least), await bitsAt(middle), await bitsAt(most)];
  const bend = low - 2 * here + high;
  const best = middle + ((most - least) / 4) * ((low - high) / bend);
  return Number.isFinite(best) ? Math.min(1.25, Math.max(0.8, best)) : 1;
}
