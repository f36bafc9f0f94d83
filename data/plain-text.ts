import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { BadInput } from '../src/errors.ts';
import { countCharacters, normalizeText } from '../src/text/characters.ts';

/** The largest file that is taken as a text, in bytes. */
export const maximumBytes = 100_000_000;

/** The bytes of a file, no more of them than it takes for `decodeText` to refuse a file that is too large. */
export async function readTextFile(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of createReadStream(path, { end: maximumBytes })) chunks.push(chunk);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BadInput(`The file ${path} could not be read: ${reason}.`, 'Name a text file.', {
      cause,
    });
  }
  return Buffer.concat(chunks);
}

/** The SHA-256 of a file's bytes, 64 hexadecimal digits: which file a text was made from. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The text of a file's bytes: UTF-8 without its byte order mark, every line ending a newline.
 *
 * @throws BadInput if there are over 100 MB, or they are not text in UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > maximumBytes) {
    throw new BadInput(
      `The text is larger than ${maximumBytes / 1e6} MB.`,
      'Add a part of it: a network of this kind learns from a few MB.',
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BadInput(
      'The text is not in UTF-8.',
      'Save it as UTF-8 in an editor, or convert it: iconv -f ISO-8859-1 -t UTF-8 FILE.',
      { cause },
    );
  }
  const zero = text.indexOf('\0');
  if (zero >= 0) {
    throw new BadInput(
      `Character ${countCharacters(text.slice(0, zero)) + 1} is a NUL byte, so this is not plain text.`,
      'Add a plain text file (.txt); a document or a book in another format must be saved as one first.',
    );
  }
  return normalizeText(text);
}

/** What blank lines (of nothing, or of spaces only) separate, without the spaces that lines end in. */
export function paragraphsOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  // With a blank line at both ends too, no paragraph begins or ends with a line break.
  return `\n\n${lines.join('\n')}\n\n`.split(/\n{2,}/).filter((paragraph) => paragraph !== '');
}
