import { BadInput } from '../src/errors.ts';
import { countCharacters, normalizeText } from '../src/text/characters.ts';

/** The largest file that is taken as a text, in bytes. */
export const maximumBytes = 100_000_000;

/**
 * The text of a file's bytes, normalized: UTF-8, UTF-16 where its byte order mark says so, or what `encoding` names.
 *
 * @param encoding any label of the Encoding Standard: `windows-1252`, `shift_jis`, `utf-16le`
 * @throws BadInput if there are over 100 MB, if there is no such encoding, and if the bytes are not plain text in it.
 */
export function decodeText(bytes: Uint8Array, encoding = encodingByMark(bytes)): string {
  if (bytes.length > maximumBytes) {
    throw new BadInput(
      `The text is larger than ${maximumBytes / 1e6} MB.`,
      'Add a part of it: a network of this kind learns from a few MB.',
    );
  }
  const text = decode(bytes, encoding);
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new BadInput(
      `Character ${count(countCharacters(text.slice(0, nul)) + 1)} is a NUL byte, so this is not plain text.`,
      (/^utf-16/i.test(encoding) ? undefined : utf16Remedy(bytes)) ??
        'Add a plain text file (.txt); a document or a book in another format must be saved as one first.',
    );
  }
  return normalizeText(text);
}

function encodingByMark([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function decode(bytes: Uint8Array, encoding: string): string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new BadInput(
      `There is no encoding called "${encoding}".`,
      'There are utf-8, utf-16le, windows-1252, iso-8859-15, windows-1251, koi8-r, shift_jis, gb18030, big5, euc-kr and others.',
      { cause },
    );
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    if (decoder.encoding === 'utf-8') throw notUtf8(bytes, cause);
    throw new BadInput(
      `The text is not in ${decoder.encoding}.`,
      'Name another encoding, or none if the text is in UTF-8.',
      { cause },
    );
  }
}

/** Where the first byte is that cannot be of a text in UTF-8, and what the text may be instead. */
function notUtf8(bytes: Uint8Array, cause: unknown): BadInput {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const faults = [...lenient.matchAll(/\ufffd/g)].length;
  const others = [...lenient.matchAll(/[\u0080-\ufffc]|[\u{10000}-\u{10ffff}]/gu)].length;
  const at = firstFault(bytes, lenient);
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const line = bytes.subarray(0, at).filter((each) => each === 0x0a).length + 1;
  return new BadInput(
    `The text is not in UTF-8: byte ${count(at + 1)}, in line ${count(line)}, is 0x${byte}, which is not valid there.`,
    utf16Remedy(bytes) ??
      (others > faults
        ? `The rest looks like UTF-8 (${count(others)} characters beyond ASCII are fine): fix that place in an editor.`
        : legacyRemedy(bytes)),
    { cause },
  );
}

/** U+FFFD stands for each fault, but a text may have that character itself. */
function firstFault(bytes: Uint8Array, lenient: string): number {
  let byte = 0;
  let from = 0;
  for (const { index } of lenient.matchAll(/\ufffd/g)) {
    byte += Buffer.byteLength(lenient.slice(from, index));
    const isItself = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (!isItself) return byte;
    byte += 3;
    from = index + 1;
  }
  return byte;
}

/** 0x80 to 0x9F are curly quotes and dashes in Windows-1252, and control characters in Latin-1. */
function legacyRemedy(bytes: Uint8Array): string {
  const isWindows = bytes.some((byte) => byte >= 0x80 && byte <= 0x9f);
  return isWindows
    ? encodingRemedy('It may be Windows-1252', 'windows-1252', 'WINDOWS-1252')
    : encodingRemedy('It may be Latin-1', 'latin1', 'ISO-8859-1');
}

/** Of UTF-16 every other byte is zero where its text is Latin: which ones says its byte order. */
function utf16Remedy(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, 1_000);
  const zeros = (first: number) =>
    start.filter((byte, at) => at % 2 === first && byte === 0).length;
  if (Math.max(zeros(0), zeros(1)) <= start.length / 4) return undefined;
  const encoding = zeros(1) > zeros(0) ? 'utf-16le' : 'utf-16be';
  return encodingRemedy('It looks like UTF-16', encoding, encoding.toUpperCase());
}

/** Not every command that reads a text takes an encoding; all read UTF-8. */
function encodingRemedy(guess: string, name: string, iconv: string): string {
  return `${guess}: add it with \`corpus add --encoding ${name}\`, or convert it: iconv -f ${iconv} -t UTF-8 FILE.`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
