import type { Scorer, ScorerSetup } from '../engine/engine.ts';
import type { NamedArrays } from '../network/config.ts';
import { preparePrompt } from '../text/prompt.ts';
import { scoringWindows } from '../text/scoring-lanes.ts';
import { charactersIn, type Tokenizer } from '../text/tokenizer/tokenizer.ts';

export interface TokenScore {
  readonly text: string;
  /** −log₂ of the probability that it had. */
  readonly bits: number;
  readonly characters: number;
}

/** How surprised a network is by a text. */
export interface TextScore {
  /** The mean over the characters that the network knows; not a number where there are none. */
  readonly bitsPerCharacter: number;
  /** How many those are. */
  readonly characters: number;
  /** The tokens that they are, in order. */
  readonly tokens: readonly TokenScore[];
  /** Characters that it does not know, each once. */
  readonly leftOut: readonly string[];
  /** How often the text has any of them. */
  readonly leftOutCount: number;
}

/** The shape of the scorer for a text of so many characters: short ones are read through, long ones in lanes. */
export function scorerShape(characters: number): Pick<ScorerSetup, 'lanes' | 'unroll'> {
  return { lanes: Math.max(1, Math.min(64, Math.floor(characters / 1024))), unroll: 64 };
}

/** Scores a text with a scorer of the shape that `scorerShape` gives for it. */
export async function scoreText(
  scorer: Scorer,
  weights: NamedArrays,
  tokenizer: Tokenizer,
  text: string,
): Promise<TextScore> {
  const prompt = preparePrompt(text, tokenizer);
  const { ids } = prompt;
  const shape = { ...scorerShape(text.length), prime: 256 };
  const lane = (index: number) => Math.floor((index * ids.length) / shape.lanes);
  const bits = new Float64Array(ids.length);
  const filled = new Int32Array(shape.lanes);
  scorer.begin(weights);
  for (const window of scoringWindows(ids, tokenizer.newlineId, shape)) {
    const nats = await scorer.score(window); // [T·R]
    nats.forEach((cost, index) => {
      if (!window.weights[index]) return;
      const row = index % shape.lanes;
      bits[lane(row) + (filled[row] ?? 0)] = cost / Math.LN2;
      filled[row] = (filled[row] ?? 0) + 1;
    });
  }
  const tokens = Array.from(ids, (id, index) => ({
    text: tokenizer.tokens[id] ?? '',
    bits: bits[index] ?? 0,
    characters: tokenizer.lengths[id] ?? 0,
  }));
  const characters = charactersIn(tokenizer, ids);
  const sum = bits.reduce((total, each) => total + each, 0);
  const { leftOut, leftOutCount } = prompt;
  return { bitsPerCharacter: sum / characters, characters, tokens, leftOut, leftOutCount };
}

/** Each character of a scored text, with its share of its token's bits. */
export function characterBits(
  tokens: readonly TokenScore[],
): { readonly character: string; readonly bits: number }[] {
  return tokens.flatMap(({ text, bits, characters }) =>
    Array.from(text, (character) => ({ character, bits: bits / characters })),
  );
}
