import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findToken } from '../../bot/discord/token.ts';
import { readEnvironmentFiles } from '../../src/cli/env-file.ts';
import { BadInput } from '../../src/errors.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { fuzzCases } from '../support/fuzz.ts';

const lines = fc.array(
  fc.oneof(
    fc.constantFrom(
      'DISCORD_TOKEN=',
      'export DEBUG',
      '"',
      "'",
      '`',
      '#',
      '=',
      '\\n',
      '\r\n',
      '\n',
      '$HOME',
      '\0',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constant('DISCORD_TOKEN=a.b.c\n'),
  ),
  { maxLength: 20 },
);
const file = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  lines.map((pieces) => Buffer.from(pieces.join(''))),
  lines.map((pieces) => Buffer.from(`\ufeff${pieces.join('')}`, 'utf16le')),
);

/** Nothing, where it was refused as a person's mistake is. */
function unlessRefused<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(BadInput);
    return undefined;
  }
}

test('whatever a .env holds, it sets variables or is refused', () => {
  const folder = temporaryDirectory();
  fc.assert(
    fc.property(file, (bytes) => {
      writeFileSync(join(folder, '.env'), bytes);
      const environment: Record<string, string | undefined> = {};
      unlessRefused(() => readEnvironmentFiles([folder], environment));
      for (const value of Object.values(environment)) expect(typeof value).toBe('string');
      const token = unlessRefused(() => findToken({ DISCORD_TOKEN: environment.DISCORD_TOKEN }));
      if (token !== undefined) expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    }),
    { numRuns: fuzzCases },
  );
});
