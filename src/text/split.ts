import { BadInput } from '../errors.ts';
import type { Corpus, HeldOut, Parts } from './corpus.ts';

/** Of every 20 groups in a row, counted from 0, which are kept from training. */
const cycle = 20;
const validationPlace = 10;
const testPlace = 11;

/**
 * The parts of a corpus. `units`: group number mod 20 = 10 is validation, = 11 test, the rest trains.
 * `none`: everything trains, the other two are empty.
 *
 * @throws BadInput where there are too few groups for a validation and a test part.
 */
export function splitCorpus({ name, text, heldOutGroups }: Corpus, heldOut: HeldOut): Parts {
  if (heldOut === 'none') return { training: text, validation: '', test: '' };
  if (heldOutGroups.length <= testPlace) {
    throw new BadInput(
      `The text "${name}" is too short to hold any of it out for validation.`,
      'Train on all of it with --hold-out none, or add a longer text.',
    );
  }
  const part = (holds: (place: number) => boolean): string =>
    heldOutGroups
      .map((start, group) =>
        holds(group % cycle) ? text.slice(start, heldOutGroups[group + 1]) : '',
      )
      .join('')
      // The blank line after a part's last group leads to what is not in it.
      .replace(/\n+$/, '\n');
  return {
    training: part((place) => place !== validationPlace && place !== testPlace),
    validation: part((place) => place === validationPlace),
    test: part((place) => place === testPlace),
  };
}
