import type { Language, Translations } from '../../data/language.ts';
import type { MessageReply } from './reply.ts';

/** What a request is turned away with from within its work: the words go to the asker alone, and no log has them. */
export class Refused extends Error {
  readonly words: Translations;

  constructor(words: Translations) {
    super(words.en);
    this.words = words;
  }
}

/** Words that the asker alone sees. */
export function privately(words: Translations, locale: Language): MessageReply {
  return { type: 'message', private: true, text: words[locale] };
}

/** What is answered where a handler failed: the error itself goes to the log. */
export const apology: Translations = {
  en: "Sorry, something went wrong on my side. It wasn't you; please try again in a moment.",
  'pt-BR': 'Desculpe, algo deu errado do meu lado. Não foi você; tente de novo daqui a pouco.',
};

/** What is answered where Discord did not take the answer because of a rule of the server's. */
export const blockedByAutoMod: Translations = {
  en: "This server's AutoMod blocked my answer.",
  'pt-BR': 'O AutoMod deste servidor bloqueou a minha resposta.',
};

/** What is answered while the bot shuts down. */
export const restarting: Translations = {
  en: 'I am restarting. Please try again in a moment.',
  'pt-BR': 'Estou reiniciando. Tente de novo daqui a pouco.',
};

export const unknownCommand: Translations = {
  en: "I don't know this command any more. Restart Discord to see the new ones.",
  'pt-BR': 'Não conheço mais este comando. Reinicie o Discord para ver os novos.',
};

export const unknownButton: Translations = {
  en: "I don't know this button any more.",
  'pt-BR': 'Não conheço mais este botão.',
};

export const unknownForm: Translations = {
  en: "I don't know this form any more.",
  'pt-BR': 'Não conheço mais este formulário.',
};

export const serversOnly: Translations = {
  en: 'This only works in servers.',
  'pt-BR': 'Isto só funciona em servidores.',
};

/** What is answered to a kind of interaction that this bot does not handle. */
export const unknownInteraction: Translations = {
  en: "I don't know how to do this.",
  'pt-BR': 'Não sei fazer isso.',
};

/** The name of an option, like those below, is told as each language has it. */
export function missingOption(name: Translations): Translations {
  return { en: `\`${name.en}\` is missing.`, 'pt-BR': `Falta \`${name['pt-BR']}\`.` };
}

export function otherKindOfValue(name: Translations): Translations {
  return {
    en: `\`${name.en}\` has a value that I can't use.`,
    'pt-BR': `\`${name['pt-BR']}\` tem um valor que não posso usar.`,
  };
}

/** Discord offers nothing but the choices; in the console anything can be typed. Each is listed as it is typed, and by its name. */
export function notAChoice(
  name: Translations,
  choices: readonly { readonly value: string; readonly name: Translations }[],
): Translations {
  const listed = (language: Language) =>
    choices
      .map(({ value, name: { [language]: called } }) =>
        called === value ? `\`${value}\`` : `\`${value}\` (${called})`,
      )
      .join('; ');
  return {
    en: `\`${name.en}\` can be one of these: ${listed('en')}.`,
    'pt-BR': `\`${name['pt-BR']}\` pode ser um destes: ${listed('pt-BR')}.`,
  };
}

export function outOfBounds(name: Translations, minimum: number, maximum: number): Translations {
  return {
    en: `\`${name.en}\` must be from ${minimum} to ${maximum}.`,
    'pt-BR': `\`${name['pt-BR']}\` precisa estar entre ${minimum.toLocaleString('pt-BR')} e ${maximum.toLocaleString('pt-BR')}.`,
  };
}

export function outOfLength(name: Translations, minimum: number, maximum: number): Translations {
  return {
    en:
      minimum === 0
        ? `\`${name.en}\` can have at most ${maximum} characters.`
        : `\`${name.en}\` must have ${minimum} to ${maximum} characters.`,
    'pt-BR':
      minimum === 0
        ? `\`${name['pt-BR']}\` pode ter no máximo ${maximum} caracteres.`
        : `\`${name['pt-BR']}\` precisa ter de ${minimum} a ${maximum} caracteres.`,
  };
}
