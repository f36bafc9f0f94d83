/** The languages that Escriba speaks: the bot in all of them, the command line and the dashboard in English. */
export const languages = ['en', 'pt-BR'] as const;
/** A BCP 47 tag. */
export type Language = (typeof languages)[number];

/** One text in each language. */
export type Translations = Readonly<Record<Language, string>>;
