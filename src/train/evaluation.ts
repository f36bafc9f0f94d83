import type { Scorer } from '../engine/engine.ts';
import type { NamedArrays } from '../network/config.ts';
import { evaluationLanes, scoringWindows } from '../text/scoring-lanes.ts';

/** The shape of the scorer that held-out figures are measured with. */
export const evaluationShape = evaluationLanes(64);

/**
 * Held-out bits per character, everywhere the same: the text in 64 lanes, each primed with the 256 characters before
 * it, every character scored once.
 */
export async function heldOutBits(
  scorer: Scorer,
  weights: NamedArrays,
  ids: Int32Array,
  newlineId: number,
): Promise<number> {
  scorer.begin(weights);
  let nats = 0;
  for (const window of scoringWindows(ids, newlineId, evaluationShape)) {
    const costs = await scorer.score(window); // [T·R]
    costs.forEach((cost, index) => {
      // Not a product: what is not scored may be anything, also infinite.
      if (window.weights[index]) nats += cost;
    });
  }
  return nats / ids.length / Math.LN2;
}
