import { characterCounts, countCharacters } from '../text/characters.ts';
import { type Corpus, type PassageKind, passagesOf } from '../text/corpus.ts';
import { splitCorpus } from '../text/split.ts';
import { count, counted } from './format.ts';

/** Fewer characters than this do not tell one network from another. */
const fewestToJudgeBy = 2_000;
/** Too seldom to learn how a character is used. */
const rareBelow = 10;

/** What a text is, in figures. */
export interface CorpusFacts {
  readonly characters: number;
  readonly differentCharacters: number;
  /** Verses, paragraphs or lines. */
  readonly passages: number;
  /** Groups of them that are held out together. */
  readonly heldOutGroups: number;
  /** Characters of each part. */
  readonly training: number;
  readonly validation: number;
  readonly test: number;
  /** Characters that occur fewer than ten times, with how often they do. */
  readonly rare: readonly { readonly character: string; readonly count: number }[];
}

export function corpusFacts(corpus: Corpus): CorpusFacts {
  const { training, validation, test } = splitCorpus(corpus, 'units');
  const counts = characterCounts(corpus.text);
  return {
    characters: countCharacters(corpus.text),
    differentCharacters: counts.length,
    passages: passagesOf(corpus).length,
    heldOutGroups: corpus.heldOutGroups.length,
    training: countCharacters(training),
    validation: countCharacters(validation),
    test: countCharacters(test),
    rare: counts
      .filter(([, times]) => times < rareBelow)
      .map(([character, times]) => ({ character, count: times })),
  };
}

/** `31,102 verses` */
export function passagesNote(passages: number, kind: PassageKind): string {
  return counted(passages, kind);
}

/** How much is held out, and whether that is enough. */
export function heldOutNote({ validation, test }: CorpusFacts): string {
  const held = `Held out: ${counted(validation, 'character')} for validation, ${count(test)} for the test.`;
  if (Math.min(validation, test) >= fewestToJudgeBy) return held;
  return `${held} That is too little to compare networks by; a longer text would be better.`;
}
