import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../data/decode-text.ts';
import { ownCorpus } from '../../data/own-text.ts';
import { BadInput } from '../../src/errors.ts';
import { fuzzCases } from '../support/fuzz.ts';

const poem = 'Batatinha quando nasce\nespalha a rama pelo chão.\n';

/** What a call throws. */
function failure(call: () => unknown): { readonly message: string; readonly remedy: string } {
  try {
    call();
  } catch (error) {
    if (error instanceof BadInput) return { message: error.message, remedy: error.remedy };
    throw error;
  }
  throw new Error('nothing was thrown');
}

function utf16(text: string, isBigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

describe('a text is read', () => {
  test('from UTF-8, and from UTF-16 of either order by its byte order mark', () => {
    expect(decodeText(Buffer.from(poem))).toBe(poem);
    expect(decodeText(Buffer.from(`\ufeff${poem}`))).toBe(poem);
    expect(decodeText(utf16(poem, false))).toBe(poem);
    expect(decodeText(utf16(poem, true))).toBe(poem);
  });

  test('from an encoding that is named', () => {
    const curly = Uint8Array.of(0x93, 0x63, 0xe3, 0x6f, 0x94);
    expect(decodeText(curly, 'windows-1252')).toBe('“cão”');
    expect(decodeText(Uint8Array.of(0x82, 0xb1, 0x0d, 0x0a), 'shift_jis')).toBe('こ\n');
  });
});

describe('what cannot be read is refused with its place and a remedy:', () => {
  test('Latin-1', () => {
    const { message, remedy } = failure(() => decodeText(Buffer.from(poem, 'latin1')));
    expect(message).toBe(
      'The text is not in UTF-8: byte 46, in line 2, is 0xE3, which is not valid there.',
    );
    expect(remedy).toBe(
      'It may be Latin-1: add it with `corpus add --encoding latin1`, or convert it: iconv -f ISO-8859-1 -t UTF-8 FILE.',
    );
  });

  test('Windows-1252, by its curly quotes', () => {
    const quoted = Buffer.concat([Uint8Array.of(0x93), Buffer.from(poem, 'latin1')]);
    const { message, remedy } = failure(() => decodeText(quoted));
    expect(message).toContain('byte 1, in line 1, is 0x93');
    expect(remedy).toContain('--encoding windows-1252');
  });

  test('one bad byte in UTF-8, which is not Latin-1 for that, among characters that look like the fault', () => {
    const text = `${poem.repeat(3)}\ufffd`;
    const bytes = Buffer.concat([Buffer.from(text), Uint8Array.of(0xff), Buffer.from(poem)]);
    const { message, remedy } = failure(() => decodeText(bytes));
    expect(message).toContain(`byte ${Buffer.byteLength(text) + 1}, in line 7, is 0xFF`);
    expect(remedy).toContain('fix that place in an editor');
    expect(remedy).not.toMatch(/latin/i);
  });

  test('a cut last character', () => {
    const bytes = Buffer.from(`${poem}é`).subarray(0, -1);
    expect(failure(() => decodeText(bytes)).message).toContain(`byte ${bytes.length}, in line 3`);
  });

  test('UTF-16 without a byte order mark', () => {
    const { message, remedy } = failure(() => decodeText(Buffer.from('Batatinha', 'utf16le')));
    expect(message).toBe('Character 2 is a NUL byte, so this is not plain text.');
    expect(remedy).toContain('--encoding utf-16le');
    // With accents it is no UTF-8 either, and as Latin-1 every other character is a NUL.
    for (const [bytes, encoding] of [
      [Buffer.from(poem, 'utf16le'), 'utf-16le'],
      [Buffer.from(poem, 'utf16le').swap16(), 'utf-16be'],
    ] as const) {
      const named = `It looks like UTF-16: add it with \`corpus add --encoding ${encoding}\``;
      expect(failure(() => decodeText(bytes)).remedy).toContain(named);
      expect(failure(() => decodeText(bytes, 'latin1')).remedy).toContain(named);
      expect(decodeText(bytes, encoding)).toBe(poem);
    }
  });

  test('an encoding that there is not, and one that the text is not in', () => {
    expect(failure(() => decodeText(Buffer.from(poem), 'klingon')).message).toBe(
      'There is no encoding called "klingon".',
    );
    expect(failure(() => decodeText(Uint8Array.of(0x81), 'shift_jis')).message).toBe(
      'The text is not in shift_jis.',
    );
  });

  test('any bytes at all, or they are a text of which nothing is lost', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }).map((text) => Buffer.from(text)),
      fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => Buffer.from(text)),
    );
    const repeated = fc
      .tuple(bytes, fc.nat({ max: 200 }))
      .map(([part, times]) => Buffer.concat(Array.from({ length: times }, () => part)));
    fc.assert(
      fc.property(fc.oneof(bytes, repeated), (file) => {
        let corpus: ReturnType<typeof ownCorpus>;
        try {
          corpus = ownCorpus('own', file);
        } catch (error) {
          if (error instanceof BadInput) return;
          throw error;
        }
        const { text, heldOutGroups } = corpus;
        expect(text).not.toMatch(/\r|^\ufeff/);
        expect(heldOutGroups).toEqual(heldOutGroups.toSorted((one, other) => one - other));
        expect(new Set(heldOutGroups).size).toBe(heldOutGroups.length);
        const isUtf16 = file[0] === 0xff || file[0] === 0xfe;
        if (!isUtf16) {
          const whole = new TextDecoder().decode(file);
          expect(text.replaceAll('\n', '')).toBe(whole.replace(/[\r\n]|^\ufeff/g, ''));
        }
      }),
      { numRuns: fuzzCases },
    );
  });
});
