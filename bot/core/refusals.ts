import type { Locale, Translations } from '../words/locale.ts';
import type { MessageReply } from './reply.ts';

/** Words that the asker alone sees. */
export function privately(words: Translations, locale: Locale): MessageReply {
  return { type: 'message', private: true, text: words[locale] };
}

export const apology: Translations = {
  en: 'Sorry, that went wrong on my side. Nothing you did; please try again in a moment.',
  'pt-BR': 'Desculpe, algo deu errado do meu lado. Não foi você; tente de novo daqui a pouco.',
};

export const restarting: Translations = {
  en: 'I am restarting. Please try again in a moment.',
  'pt-BR': 'Estou reiniciando. Tente de novo daqui a pouco.',
};

export const unknownCommand: Translations = {
  en: 'I do not know this command any more. Discord shows the new ones after a restart of the app.',
  'pt-BR':
    'Não conheço mais este comando. O Discord mostra os novos depois de reiniciar o aplicativo.',
};

export const unknownButton: Translations = {
  en: 'I do not know this button any more.',
  'pt-BR': 'Não conheço mais este botão.',
};

export const serversOnly: Translations = {
  en: 'This works in servers only.',
  'pt-BR': 'Isto só funciona em servidores.',
};

export const managersOnly: Translations = {
  en: 'Only those who may manage this server can do this (the permission "Manage Server").',
  'pt-BR':
    'Só quem pode gerenciar este servidor pode fazer isto (a permissão "Gerenciar Servidor").',
};

/** The name of an option, like those below, is told as each language has it. */
export function missingOption(name: Translations): Translations {
  return { en: `\`${name.en}\` is missing.`, 'pt-BR': `Falta \`${name['pt-BR']}\`.` };
}

export function otherKindOfValue(name: Translations): Translations {
  return {
    en: `\`${name.en}\` does not take such a value.`,
    'pt-BR': `\`${name['pt-BR']}\` não aceita um valor assim.`,
  };
}

export function outOfBounds(name: Translations, minimum: number, maximum: number): Translations {
  return {
    en: `\`${name.en}\` goes from ${minimum} to ${maximum}.`,
    'pt-BR': `\`${name['pt-BR']}\` vai de ${minimum} a ${maximum}.`,
  };
}

export function outOfLength(name: Translations, minimum: number, maximum: number): Translations {
  return {
    en: `\`${name.en}\` takes ${minimum} to ${maximum} characters.`,
    'pt-BR': `\`${name['pt-BR']}\` aceita de ${minimum} a ${maximum} caracteres.`,
  };
}
