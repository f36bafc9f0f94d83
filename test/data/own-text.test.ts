import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkOwnName, ownCorpus, restoreCorpus } from '../../data/own-text.ts';
import { decodeText, readTextFile } from '../../data/plain-text.ts';
import { BadInput } from '../../src/errors.ts';
import { wholeText } from '../../src/text/corpus.ts';
import { splitCorpus } from '../../src/text/split.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const line = 'Batatinha quando nasce espalha a rama pelo chão.';

describe('ownCorpus', () => {
  test('takes paragraphs at blank lines and leaves their lines, whatever ends a line', () => {
    const poem = `\r\n${line}\r\n  ${line}  \r\n \t \r\n\r\n${line.repeat(20)}\r\n`;
    const corpus = ownCorpus('my-poems', bytes(`\ufeff${poem}`));
    expect(corpus.passages).toEqual([`${line}\n  ${line}`, line.repeat(20)]);
    expect(corpus).toMatchObject({ name: 'my-poems', title: 'my-poems', passageKind: 'paragraph' });
    expect(ownCorpus('my-poems', bytes(poem.replaceAll('\r\n', '\r')))).toEqual(corpus);
  });

  test('takes lines where there are no blank lines', () => {
    const corpus = ownCorpus('names', bytes(`${line}\n`.repeat(25)));
    expect(corpus.passages).toEqual(Array(25).fill(line));
    expect(wholeText(corpus)).toBe(`${`${line}\n\n`.repeat(24)}${line}\n`);
  });

  test('takes a text of 1,500 characters, and one of a single line, which end in a newline too', () => {
    const short = ownCorpus('short', bytes(`${line}\n\n`.repeat(32).slice(0, 1_500)));
    expect(splitCorpus(short, 'units').validation).toBe(`${line}\n`);
    const single = ownCorpus('single', bytes(line.repeat(40)));
    expect(wholeText(single)).toBe(`${line.repeat(40)}\n`);
  });

  test('is the same again from its stored text', () => {
    for (const text of [
      `${line}\n${line}\n\n`.repeat(60),
      `${line}\n`.repeat(25),
      line.repeat(40),
    ]) {
      const corpus = ownCorpus('own', bytes(text));
      expect(restoreCorpus({ ...corpus, text: wholeText(corpus) })).toEqual(corpus);
    }
  });

  test.each([
    ['an empty file', '', 'has 0 characters'],
    ['blank lines only', ' \n\n'.repeat(900), 'has 0 characters'],
    ['999 characters', 'a'.repeat(999), 'has 999 characters, and a network needs 1000'],
    ['a file with zeros', `PK\u0003\u0004${'\0'.repeat(2_000)}`, 'character 5 is a zero'],
  ])('refuses %s', (_, text, message) => {
    expect(() => ownCorpus('own', bytes(text))).toThrow(message);
  });

  test('refuses what is not UTF-8 and says how to convert it', () => {
    const latin = Buffer.from(`${line}\n`.repeat(30), 'latin1');
    expect(() => ownCorpus('own', latin)).toThrow(
      expect.objectContaining({
        message: 'The text is not in UTF-8.',
        remedy: expect.stringContaining('iconv'),
      }),
    );
  });
});

describe('checkOwnName', () => {
  test.each(['a', 'my-poems', '2024', 'a'.repeat(32)])('takes %s', (name) => {
    expect(() => checkOwnName(name)).not.toThrow();
  });

  test.each(['', 'My poems', '-a', '../a', 'a/b', 'ação', 'a'.repeat(33), 'a\n'])(
    'refuses %j',
    (name) => {
      expect(() => checkOwnName(name)).toThrow('cannot be the name of a corpus');
    },
  );

  test.each(['bible', 'plato'])('keeps %s for the book', (name) => {
    expect(() => checkOwnName(name)).toThrow(`The name "${name}" is reserved for`);
  });
});

describe('readTextFile', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'escriba-text-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives the bytes of a file', async () => {
    const path = join(folder, 'poem.txt');
    writeFileSync(path, line);
    expect(decodeText(await readTextFile(path))).toBe(line);
  });

  test('lets a file of over 100 MB be refused without reading all of it', async () => {
    const path = join(folder, 'large.txt');
    writeFileSync(path, '');
    truncateSync(path, 150_000_000);
    const read = await readTextFile(path);
    expect(read.length).toBe(100_000_001);
    expect(() => decodeText(read)).toThrow('The text is larger than 100 MB.');
  });

  test('refuses a file that is not there, and a folder', async () => {
    const missing = join(folder, 'missing.txt');
    await expect(readTextFile(missing)).rejects.toThrow(BadInput);
    await expect(readTextFile(missing)).rejects.toThrow(missing);
    await expect(readTextFile(folder)).rejects.toThrow(BadInput);
  });
});
