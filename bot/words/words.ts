import type { Locale, Translations } from '../request.ts';
import { en } from './en.ts';
import { ptBr } from './pt-br.ts';

/** All that the bot says, in one language. */
export type Words = typeof en;

const byLocale: Readonly<Record<Locale, Words>> = { en, 'pt-BR': ptBr };

export function wordsFor(locale: Locale): Words {
  return byLocale[locale];
}

/** The same words in every language. */
export function inAll(pick: (words: Words) => string): Translations {
  return { en: pick(en), 'pt-BR': pick(ptBr) };
}
