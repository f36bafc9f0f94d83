import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { BadInput, systemReason } from '../errors.ts';

/**
 * Reads the files `.env` of some folders; what is set already stays, and the first file that sets a variable is right.
 *
 * @throws BadInput where one cannot be read, or is no text
 */
export function readEnvironmentFiles(
  folders: readonly string[],
  environment: Record<string, string | undefined>,
): void {
  for (const folder of new Set(folders)) {
    const path = join(folder, '.env');
    if (!existsSync(path)) continue;
    for (const [name, value] of Object.entries(parse(readEnvironmentFile(path)))) {
      environment[name] ??= value;
    }
  }
}

function readEnvironmentFile(path: string): string {
  try {
    const text = decoded(readFileSync(path));
    // As UTF-16 without a byte order mark reads: every name in it would be missed without a word.
    if (text.includes('\0')) throw new Error('it has NUL bytes, as UTF-16 has');
    return text;
  } catch (cause) {
    throw new BadInput(
      `The file ${path} could not be read: ${systemReason(cause)}.`,
      'Save it as UTF-8 text, or make it readable.',
      { cause },
    );
  }
}

/** Windows' PowerShell writes UTF-16 with `>`: the byte order mark says which. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = isUtf16 ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
