import type { Language, Translations } from '../../data/language.ts';
import { en, type Words } from './en.ts';
import { ptBr } from './pt-br.ts';

const byLocale: Readonly<Record<Language, Words>> = { en, 'pt-BR': ptBr };

export function wordsFor(locale: Language): Words {
  return byLocale[locale];
}

/** The same words in every language. */
export function inAll(pick: (words: Words) => string): Translations {
  return { en: pick(en), 'pt-BR': pick(ptBr) };
}
