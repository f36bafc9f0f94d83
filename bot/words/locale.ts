/** The languages that the bot speaks; one that it does not is answered in English. */
export const locales = ['en', 'pt-BR'] as const;
export type Locale = (typeof locales)[number];

/** The same words in every language. */
export type Translations = Readonly<Record<Locale, string>>;
