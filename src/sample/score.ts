import type { Scorer, ScorerSetup } from '../engine/engine.ts';
import type { NamedArrays } from '../network/config.ts';
import { type PreparedPrompt, preparePrompt } from '../text/prompt.ts';
import { scoringWindows } from '../text/scoring-lanes.ts';
import { charactersIn, type Tokenizer } from '../text/tokenizer/tokenizer.ts';

export interface TokenScore {
  readonly text: string;
  /** −log₂ of the probability that it had. */
  readonly bits: number;
  readonly characters: number;
}

/** Characters that the network read as others, or not at all. */
type Changes = Omit<PreparedPrompt, 'ids' | 'text'>;

/** How surprised a network is by a text. */
export interface TextScore extends Changes {
  /** The mean over the characters that the network knows; NaN if there are none. */
  readonly bitsPerCharacter: number;
  /** How many those are. */
  readonly characters: number;
  /** The tokens that they are, in order. */
  readonly tokens: readonly TokenScore[];
}

/** The same for long texts, in little memory: tokens are made on demand. */
export interface LongTextScore extends Omit<TextScore, 'tokens'> {
  readonly tokens: Iterable<TokenScore>;
}

/** The shape of the scorer for a text of this length: short texts are read in one go, long ones in parallel lanes. */
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
  const score = await scoreLongText(scorer, weights, tokenizer, text);
  return { ...score, tokens: [...score.tokens] };
}

/** The same, using 8 bytes a token on top of the text. */
export async function scoreLongText(
  scorer: Scorer,
  weights: NamedArrays,
  tokenizer: Tokenizer,
  text: string,
): Promise<LongTextScore> {
  const { ids, rewritten, leftOut, leftOutCount } = preparePrompt(text, tokenizer);
  const nats = await natsOfTokens(scorer, weights, tokenizer, ids, scorerShape(text.length));
  const characters = charactersIn(tokenizer, ids);
  const sum = nats.reduce((total, each) => total + each / Math.LN2, 0);
  return {
    bitsPerCharacter: sum / characters,
    characters,
    tokens: { [Symbol.iterator]: () => tokenScores(tokenizer, ids, nats) },
    rewritten,
    leftOut,
    leftOutCount,
  };
}

/** −ln of the probability of each token [n], in nats. */
async function natsOfTokens(
  scorer: Scorer,
  weights: NamedArrays,
  { newlineId }: Tokenizer,
  ids: Int32Array,
  { lanes, unroll }: Pick<ScorerSetup, 'lanes' | 'unroll'>,
): Promise<Float32Array> {
  const nats = new Float32Array(ids.length); // [n]
  /** For each lane, the index of the next token that it scores. */
  const next = Float64Array.from({ length: lanes }, (_, lane) =>
    Math.floor((lane * ids.length) / lanes),
  );
  scorer.begin(weights);
  for (const window of scoringWindows(ids, newlineId, { lanes, unroll, prime: 256 })) {
    const costs = await scorer.score(window); // [T·R]
    costs.forEach((cost, index) => {
      if (!window.weights[index]) return;
      const lane = index % lanes;
      const place = next[lane] ?? 0;
      nats[place] = cost;
      next[lane] = place + 1;
    });
  }
  return nats;
}

function* tokenScores(
  { tokens, lengths }: Tokenizer,
  ids: Int32Array,
  nats: Float32Array,
): Generator<TokenScore, void, undefined> {
  for (const [place, id] of ids.entries()) {
    const text = tokens[id] ?? '';
    yield { text, bits: (nats[place] ?? 0) / Math.LN2, characters: lengths[id] ?? 0 };
  }
}

/** Each character of a scored text, with its share of its token's bits. */
export function characterBits(
  tokens: readonly TokenScore[],
): { readonly character: string; readonly bits: number }[] {
  return tokens.flatMap(({ text, bits, characters }) =>
    Array.from(text, (character) => ({ character, bits: bits / characters })),
  );
}
