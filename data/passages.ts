import type { PassageForm } from './book.ts';
import type { Language } from './language.ts';

/** A paragraph of prose, cited by its number. */
export const paragraph: PassageForm = {
  kind: 'paragraph',
  singular: { en: 'paragraph', 'pt-BR': 'parágrafo' },
  plural: { en: 'paragraphs', 'pt-BR': 'parágrafos' },
  split: (text) => ({ reference: '', text }),
  cite: (_, place, language) => paragraphNumber(place + 1, language),
  localized: (reference) => reference,
  asWritten: (typed) => typed,
  find(passages, typed) {
    const [, digits] = /^\s*(?:par[aá]gra(?:ph|fo)\s+)?(\d{1,7})\s*$/i.exec(typed) ?? [];
    const place = Number(digits) - 1;
    return passages[place] === undefined ? null : { first: place, last: place };
  },
  suggest: () => [],
};

/** `paragraph 1,234` */
export function paragraphNumber(number: number, language: Language): string {
  return `${paragraph.singular[language]} ${number.toLocaleString(language)}`;
}

/** Long enough to say something, short enough for a message, and not broken off in the middle of a sentence. */
export function standsAlone(passage: string): boolean {
  const { length } = passage;
  return length >= 40 && length <= 1_200 && /[.?!]["')\]”’]*$/.test(passage);
}
