import { BadInput } from '../errors.ts';
import { type Corpus, type HeldOut, joinPassages, type Parts, wholeText } from './corpus.ts';

/** Of every 20 units in a row, counted from 0, which are kept from training. */
const cycle = 20;
const validationPlace = 10;
const testPlace = 11;

/**
 * The parts of a corpus. `units`: unit number mod 20 = 10 is validation, = 11 test, the rest trains.
 * `none`: everything trains, the other two are empty.
 *
 * @throws BadInput where there are too few units for a validation and a test part.
 */
export function splitCorpus(corpus: Corpus, heldOut: HeldOut): Parts {
  if (heldOut === 'none') return { training: wholeText(corpus), validation: '', test: '' };
  const count = (corpus.heldOutGroups.at(-1) ?? -1) + 1;
  if (count <= testPlace) {
    throw new BadInput(
      `The corpus "${corpus.name}" has ${count} ${corpus.passageKind}s, and holding out takes ${testPlace + 1}.`,
      'Train on all of it with --hold-out none, or add a longer text.',
    );
  }
  const part = (holds: (place: number) => boolean): string =>
    joinPassages(corpus.passages.filter((_, at) => holds((corpus.heldOutGroups[at] ?? 0) % cycle)));
  return {
    training: part((place) => place !== validationPlace && place !== testPlace),
    validation: part((place) => place === validationPlace),
    test: part((place) => place === testPlace),
  };
}
