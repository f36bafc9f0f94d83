import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeText } from '../../data/decode-text.ts';
import { checkOwnName, ownCorpus } from '../../data/own-text.ts';
import { readTextFile } from '../../data/plain-text.ts';
import { BadInput } from '../../src/errors.ts';
import { splitCorpus } from '../../src/text/split.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const line = 'Batatinha quando nasce espalha a rama pelo chão.';

describe('ownCorpus', () => {
  test('is the text of the file, but that each line ends in a newline and no byte order mark is there', () => {
    const poem = `\r\n${line}\r\n  ${line}  \r\n \t \r\n\r\n${line.repeat(20)}\r\n\r\n\r\n`;
    const corpus = ownCorpus('my-poems', bytes(`\ufeff${poem}`));
    expect(corpus.text).toBe(poem.replaceAll('\r\n', '\n'));
    expect(corpus).toMatchObject({ name: 'my-poems', title: 'my-poems' });
    expect(ownCorpus('my-poems', bytes(poem.replaceAll('\r\n', '\r')))).toEqual(corpus);
    expect(splitCorpus(corpus, 'none').training).toBe(corpus.text);
  });

  test('holds out a twentieth of a list, of one line, and of what ends without a newline', () => {
    for (const text of [
      `${line}\n`.repeat(100),
      `Names\n\n${`${line}\n`.repeat(99)}`,
      line.repeat(100),
    ]) {
      const corpus = ownCorpus('own', bytes(text));
      const { training, validation, test } = splitCorpus(corpus, 'units');
      for (const part of [validation, test]) {
        expect(part.length).toBeGreaterThan(text.length / 40);
        expect(part.length).toBeLessThan(text.length / 10);
      }
      expect(training.length).toBeGreaterThan(0.85 * text.length);
      expect(text).toContain(validation);
    }
  });

  test.each([
    ['verses of a poem', `${line}\n${line}\n\n`.repeat(30), 'paragraph'],
    ['names, one a line', `${line}\n`.repeat(30), 'line'],
    ['a heading and names', `Names\n\n${`${line}\n`.repeat(30)}`, 'line'],
    ['one line', line.repeat(30), 'paragraph'],
  ])('knows what the passages are of %s', (_, text, kind) => {
    expect(ownCorpus('own', bytes(text)).passageKind).toBe(kind);
  });

  test.each([
    ['an empty file', '', 'has 0 characters'],
    ['blank lines only', ' \n\n'.repeat(900), 'has 0 characters'],
    ['999 characters', 'a'.repeat(999), 'has 999 characters; at least 1,000 are needed'],
    ['999 characters that take two places in memory', '🙂'.repeat(999), 'has 999 characters'],
    [
      'a file with zeros',
      `PK\u0003\u0004${'\0'.repeat(2_000)}`,
      'Character 5 is a NUL byte, so this is not plain text.',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => ownCorpus('own', bytes(text))).toThrow(message);
  });

  test('has no rare characters where they are not wanted', () => {
    const text = `${`${line}\n`.repeat(30)}Ω “sé” 🙂`;
    const corpus = ownCorpus('own', bytes(text), { minCount: 2 });
    expect(corpus.text).toBe(`${`${line}\n`.repeat(30)} se `);
  });
});

describe('checkOwnName', () => {
  test.each(['a', 'my-poems', '2024-poems', 'a'.repeat(32)])('takes %s', (name) => {
    expect(() => checkOwnName(name)).not.toThrow();
  });

  test.each(['', 'My poems', '-a', '../a', 'a/b', 'ação', 'a'.repeat(33), 'a\n', '2024', 'latest'])(
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
