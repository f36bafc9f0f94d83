import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { BadInput, systemReason } from '../src/errors.ts';
import { maximumBytes } from './decode-text.ts';

/** The bytes of a file, no more of them than it takes for `decodeText` to refuse a file that is too large. */
export async function readTextFile(path: string): Promise<Uint8Array> {
  try {
    return await readTextStream(createReadStream(path, { end: maximumBytes }));
  } catch (cause) {
    throw new BadInput(
      `The file ${path} could not be read: ${systemReason(cause)}.`,
      'Name a text file.',
      { cause },
    );
  }
}

/** Likewise, of what is typed or piped in. */
export async function readTextStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maximumBytes) break;
  }
  return Buffer.concat(chunks);
}

/** The SHA-256 of a file's bytes, 64 hexadecimal digits: which file a text was made from. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What blank lines (of nothing, or of spaces only) separate, without the spaces that lines end in. */
export function paragraphsOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  // With a blank line at both ends too, no paragraph begins or ends with a line break.
  return `\n\n${lines.join('\n')}\n\n`.split(/\n{2,}/).filter((paragraph) => paragraph !== '');
}
