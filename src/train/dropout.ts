import type { WindowMasks } from '../engine/engine.ts';
import type { NetworkConfig } from '../network/config.ts';
import type { Random } from '../text/random.ts';
import type { TrainingSettings } from './settings.ts';

/** Whether anything is left out at all. */
export function hasDropout({ dropout, inputDropout }: TrainingSettings): boolean {
  return dropout > 0 || inputDropout > 0;
}

/** Locked dropout (Gal and Ghahramani 2016): what one window leaves out, the same at each of its steps. */
export function drawMasks(
  config: NetworkConfig,
  settings: TrainingSettings,
  random: Random,
): WindowMasks | undefined {
  if (!hasDropout(settings)) return undefined;
  return {
    input: mask(config.vocabularySize, settings.inputDropout, random), // [V]
    layers: Array.from(
      { length: config.layers },
      () => mask(config.hidden * settings.batch, settings.dropout, random), // [H·B]
    ),
  };
}

/** Factors: 0 with the given chance, else what keeps the mean at 1. */
function mask(length: number, chance: number, random: Random): Float32Array {
  const kept = 1 / (1 - chance);
  return Float32Array.from({ length }, () => (random.next() < chance ? 0 : kept));
}
