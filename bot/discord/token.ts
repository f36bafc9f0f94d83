import { readFileSync } from 'node:fs';
import { BadInput } from '../../src/errors.ts';

/**
 * The bot's token, from `DISCORD_TOKEN` or from the file that `DISCORD_TOKEN_FILE` names. Its value is never part of an
 * error.
 *
 * @throws BadInput where there is none, the file cannot be read, or it is not three dot-separated base64url parts
 */
export function findToken(environment: {
  readonly DISCORD_TOKEN?: string | undefined;
  readonly DISCORD_TOKEN_FILE?: string | undefined;
}): string {
  const { DISCORD_TOKEN: value, DISCORD_TOKEN_FILE: file } = environment;
  if (value || !file) return readToken(value);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BadInput(
      `The file that DISCORD_TOKEN_FILE names cannot be read: ${file}.`,
      'See that it is there and that this user may read it.',
      { cause },
    );
  }
  return readToken(text);
}

/** @throws BadInput where it is no token */
export function readToken(value: string | undefined): string {
  const token = value?.trim() ?? '';
  if (token === '') {
    throw new BadInput(
      'There is no Discord token.',
      'Put DISCORD_TOKEN=... into .env: the token is in the Developer Portal, under Bot, Reset Token.',
    );
  }
  if (/^["']|["']$/.test(token)) {
    throw new BadInput(
      'DISCORD_TOKEN has quotes around it, which belong to its value here.',
      "Take them away: docker's --env-file takes a line as it is.",
    );
  }
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) {
    throw new BadInput(
      'DISCORD_TOKEN does not have the form of a bot token: three parts with dots between.',
      'Copy it again from the Developer Portal, under Bot, Reset Token (not the application id, public key or client secret).',
    );
  }
  return token;
}
