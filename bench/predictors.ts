import type { Corpus, Parts } from '../src/text/corpus.ts';
import { splitCorpus } from '../src/text/split.ts';
import { CharacterTokenizer } from '../src/text/tokenizer/character-tokenizer.ts';
import type { Tokenizer } from '../src/text/tokenizer/tokenizer.ts';
import { bitsPerCharacter, ngramModel } from './ngram/model.ts';
import { modifiedKneserNey, type Smoothing, wittenBell } from './ngram/smoothing.ts';
import { xzSize } from './xz.ts';

/** Something that learns the training part of a book and predicts the parts that are held out. */
export interface Predictor {
  readonly name: string;
  predict(subject: Subject): Promise<HeldOutBits>;
}

/** Bits per character of the held-out parts. */
export interface HeldOutBits {
  readonly validation: number;
  readonly test: number;
}

/** What is learned and predicted. */
export interface Subject {
  readonly corpus: Corpus;
  readonly parts: Parts;
  /** Of the whole text. */
  readonly tokenizer: Tokenizer;
}

export function subjectOf(corpus: Corpus): Subject {
  const parts = splitCorpus(corpus, 'units');
  return { corpus, parts, tokenizer: CharacterTokenizer.of(corpus.text) };
}

/** What needs no network. */
export const plainPredictors: readonly Predictor[] = [
  { name: 'xz -9e', predict: compressed },
  {
    name: 'Markov bot (6-grams, Witten-Bell)',
    predict: (subject) => counted(subject, 6, wittenBell),
  },
  {
    name: 'best n-grams (14-grams, modified Kneser-Ney)',
    predict: (subject) => counted(subject, 14, modifiedKneserNey),
  },
];

/** A compressor has learned the training part when that lies before: what the part adds to its size counts. */
async function compressed({ parts }: Subject): Promise<HeldOutBits> {
  const learned = await xzSize(parts.training);
  const bits = async (part: string): Promise<number> =>
    (8 * ((await xzSize(parts.training + part)) - learned)) / [...part].length;
  return { validation: await bits(parts.validation), test: await bits(parts.test) };
}

async function counted(
  subject: Subject,
  order: number,
  smoothing: Smoothing,
): Promise<HeldOutBits> {
  const { parts, tokenizer } = subject;
  const model = ngramModel(tokenizer.encode(parts.training), tokenizer.size, order, smoothing);
  const bits = (part: string): number =>
    bitsPerCharacter(model, tokenizer.encode(part), tokenizer.newlineId);
  return { validation: bits(parts.validation), test: bits(parts.test) };
}
