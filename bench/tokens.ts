import { z } from 'zod';
import { bible } from '../data/bible.ts';
import { splitCorpus } from '../src/text/split.ts';
import { CharacterTokenizer } from '../src/text/tokenizer/character-tokenizer.ts';
import { learnBpe } from '../src/text/tokenizer/learn-bpe.ts';
import type { Options } from './bench.ts';

/** The Bible's training part as a bench reads it. */
export interface BenchTokens {
  readonly ids: Int32Array;
  /** V */
  readonly vocabulary: number;
  /** In the mean. */
  readonly charactersPerToken: number;
}

export const tokenOptions: Options = {
  'vocab-size': { value: 'N', about: 'tokens of byte-pair encoding in place of characters' },
};

export const tokenValues = { 'vocab-size': z.coerce.number().int().min(128).max(4096).optional() };

/** @param size V, the characters included; without it every token is a character */
export async function benchTokens(size: number | undefined): Promise<BenchTokens> {
  const corpus = await bible.corpus();
  const { training } = splitCorpus(corpus, 'units');
  const alphabet = CharacterTokenizer.of(corpus.text);
  const tokenizer = size === undefined ? alphabet : learnBpe(training, alphabet, size);
  const ids = tokenizer.encode(training);
  return { ids, vocabulary: tokenizer.size, charactersPerToken: training.length / ids.length };
}
