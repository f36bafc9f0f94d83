import type { WindowMasks } from '../engine/engine.ts';
import type { Dropout, NetworkConfig } from '../network/config.ts';
import { elements, maskShapes } from '../network/parameters.ts';
import type { Random } from '../text/random.ts';
import type { TrainingSettings } from './settings.ts';

/** What is left out at all. */
export function dropoutOf({ dropout, recurrentDropout }: TrainingSettings): Dropout {
  return { outputs: dropout > 0, recurrent: recurrentDropout > 0 };
}

/**
 * What a window leaves out, the same at each of its steps: units of the layers' outputs for each lane (Gal and
 * Ghahramani 2016), and weights of the recurrent matrices (Wan et al. 2013; Merity et al. 2017).
 */
export class MaskDrawer {
  readonly #settings: TrainingSettings;
  readonly #masks: WindowMasks;

  constructor(config: NetworkConfig, settings: TrainingSettings) {
    const { recurrent, layers } = maskShapes(config, dropoutOf(settings), settings.batch);
    this.#settings = settings;
    this.#masks = {
      recurrent: Object.fromEntries(
        recurrent.map(({ name, shape }) => [name, new Float32Array(elements(shape))]),
      ),
      layers: layers.map((shape) => new Float32Array(elements(shape))),
    };
  }

  /** The next window's, in the arrays of the last one's: there are millions of numbers in them. */
  draw(random: Random): WindowMasks {
    const { dropout, recurrentDropout } = this.#settings;
    for (const mask of Object.values(this.#masks.recurrent))
      drawInto(mask, recurrentDropout, random);
    for (const mask of this.#masks.layers) drawInto(mask, dropout, random);
    return this.#masks;
  }
}

/** Factors: 0 with the given chance, else what keeps the mean at 1. */
function drawInto(mask: Float32Array, chance: number, random: Random): void {
  const kept = 1 / (1 - chance);
  for (let at = 0; at < mask.length; at++) mask[at] = random.next() < chance ? 0 : kept;
}
