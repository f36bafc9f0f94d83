import { en, type Words } from './en.ts';
import type { Locale, Translations } from './locale.ts';
import { ptBr } from './pt-br.ts';

const byLocale: Readonly<Record<Locale, Words>> = { en, 'pt-BR': ptBr };

export function wordsFor(locale: Locale): Words {
  return byLocale[locale];
}

/** The same words in every language. */
export function inAll(pick: (words: Words) => string): Translations {
  return { en: pick(en), 'pt-BR': pick(ptBr) };
}
