import { BadInput } from '../../src/errors.ts';

/**
 * The bot's token, from a variable or a file. Its value is never part of an error.
 *
 * @throws BadInput where there is none, or where it is not three dot-separated base64url parts
 */
export function readToken(value: string | undefined): string {
  const token = value?.trim() ?? '';
  if (token === '') {
    throw new BadInput(
      'There is no Discord token.',
      'Put DISCORD_TOKEN=... into .env: the token is in the Developer Portal, under Bot, Reset Token.',
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
