import type { Scorer } from '../engine/engine.ts';
import type { NamedArrays } from '../network/config.ts';
import { evaluationLanes, scoringWindows } from '../text/scoring-lanes.ts';
import { charactersIn, type TokenSizes } from '../text/tokenizer/tokenizer.ts';

/** The shape of the scorer that held-out figures are measured with. */
export const evaluationShape = evaluationLanes(64);

/**
 * Held-out bits per character, everywhere the same: the text's own encoding in 64 lanes, each primed with the 256
 * tokens before it, every token scored once; the sum of their bits by the number of characters.
 */
export async function heldOutBits(
  scorer: Scorer,
  weights: NamedArrays,
  ids: Int32Array,
  tokenizer: TokenSizes,
): Promise<number> {
  scorer.begin(weights);
  let nats = 0;
  for (const window of scoringWindows(ids, tokenizer.newlineId, evaluationShape)) {
    const costs = await scorer.score(window); // [T·R]
    costs.forEach((cost, index) => {
      // Not a product: what is not scored may be anything, also infinite.
      if (window.weights[index]) nats += cost;
    });
  }
  return nats / charactersIn(tokenizer, ids) / Math.LN2;
}
