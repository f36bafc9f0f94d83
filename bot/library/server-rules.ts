import { type Language, languages } from '../../data/language.ts';
import type { ServerSettings } from '../../src/store/settings.ts';
import { privately } from '../core/refusals.ts';
import type { Reply } from '../core/reply.ts';
import type { Request } from '../core/request.ts';
import { inAll } from '../words/words.ts';
import { passes } from './word-filter.ts';

/** The language that a server has chosen for all; null where each is answered in their own, or Discord's settings say. */
export function chosenLanguage({ language }: ServerSettings): Language | null {
  return languages.find((each) => each === language) ?? null;
}

/** The language in which everybody is answered: the one chosen, else the server's in Discord, else the asker's. */
export function publicLanguage(
  { locale, place }: Pick<Request, 'locale' | 'place'>,
  settings: ServerSettings,
): Language {
  const ofServer = settings.language === 'server' ? place.language : null;
  return chosenLanguage(settings) ?? ofServer ?? locale;
}

/** Turns a request away that has a word which the server filters; null lets it in. */
export function refuseFiltered(request: Request, settings: ServerSettings): Reply | null {
  return saidIn(request).every((text) => passes(text, settings))
    ? null
    : privately(
        inAll(({ settings: { filteredWords } }) => filteredWords),
        request.locale,
      );
}

/** A reply as a server lets everybody see it: where it has a word that the server filters, the asker is told so in its place. */
export function screened(reply: Reply, request: Request, settings: ServerSettings): Reply {
  const isShown = reply.type !== 'message' || reply.private || passes(reply.text, settings);
  return isShown
    ? reply
    : privately(
        inAll(({ settings: { filteredText } }) => filteredText),
        request.locale,
      );
}

/** What a person has written in a request. */
function saidIn(request: Request): string[] {
  if (request.type === 'message') return [request.text];
  if (request.type === 'button') return [];
  if (request.type === 'form') return Object.values(request.fields);
  return Object.values(request.options).filter((value) => typeof value === 'string');
}
