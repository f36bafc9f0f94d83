import type { Log } from '../core/log.ts';

export type Redactor = (text: string) => string;

/**
 * The path of an interaction's endpoint up to its token, by which anyone could answer for fifteen minutes. A backslash
 * ends it: in JSON it may belong to the quote after it.
 */
const interactionPath = /((?:webhooks|interactions)\/\d+\/)[^/?\s"'\\]+/g;

/** Takes the bot's token, its secret part alone too, and the tokens of interactions out of a text. */
export function createRedactor(token: string): Redactor {
  const secret = token.slice(token.lastIndexOf('.') + 1);
  return (text) =>
    text
      .replaceAll(token, '[token]')
      .replaceAll(secret, '[token]')
      .replaceAll(interactionPath, '$1[token]');
}

/** The log, with everything that is written to it redacted. */
export function redactedLog(log: Log, redact: Redactor): Log {
  const clean = (fields: object): object => JSON.parse(redact(JSON.stringify(fields)));
  return {
    info: (fields, message) => log.info(clean(fields), redact(message)),
    warn: (fields, message) => log.warn(clean(fields), redact(message)),
    error: (fields, message) => log.error(clean(fields), redact(message)),
  };
}
