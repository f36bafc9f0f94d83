import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CollectedBook } from '../../data/book.ts';
import { collectBook, fetchParts, readParts } from '../../data/collect-book.ts';
import { dialogues } from '../../data/dialogues.ts';
import { BadInput } from '../../src/errors.ts';
import { passagesOf } from '../../src/text/corpus.ts';
import { fileOf, long, persons } from './dialogue-files.ts';

const [ion, lysis, apology] = ['1635', '1579', '1656'].map((name) => {
  const part = dialogues.parts.find((each) => each.name === name);
  if (!part) throw new TypeError('no such part');
  return part;
});

/** The passages of a part from a file. */
function read(part: typeof ion, text: string, withIntroductions = false): string[] {
  if (!part) throw new TypeError('no such part');
  return dialogues.passagesFrom(part, text.replaceAll('\r\n', '\n'), withIntroductions);
}

describe('a dialogue', () => {
  test('is its speeches, a paragraph on its line, without the names of the speakers', () => {
    const text = fileOf('Ion', [
      persons,
      'SCENE: Athens.',
      'YOUNG SOCRATES:  “Welcome,\nIon”—he.',
      'ION: No: I am here.',
    ]);
    const passages = read(ion, text);
    expect(passages.slice(0, 3)).toEqual([
      '"Welcome, Ion"--he.',
      'No: I am here.',
      'Of many things I say this as the 0th, which is enough to make a text of a true length.',
    ]);
    expect(passages).toHaveLength(62);
  });

  test('that is told by one person begins after the list of persons, on its line or below it', () => {
    const told = long.map((each) => each.replace('SOCRATES: ', ''));
    const list = [
      'PERSONS OF THE DIALOGUE:',
      'Socrates, who is the narrator, Lysis.',
      'SCENE: A school.',
    ];
    expect(read(lysis, fileOf('Lysis', list, told))[0]).toMatch(/^Of many things/);
    const line = ['PERSONS OF THE DIALOGUE: Socrates, Lysis.'];
    expect(read(lysis, fileOf('Lysis', line, told))[0]).toMatch(/^Of many things/);
  });

  test('without persons, as the Apology is, begins after its title', () => {
    const told = [
      'How you have been affected,\nI cannot tell.',
      ...long.map((each) => each.replace('SOCRATES: ', '')),
    ];
    expect(read(apology, fileOf('Apology', [], told))[0]).toBe(
      'How you have been affected, I cannot tell.',
    );
  });

  test('has its introduction before it where that is wanted', () => {
    const passages = read(ion, fileOf('Ion', [persons, 'ION: Yes.']), true);
    expect(passages.slice(0, 2)).toEqual([
      'INTRODUCTION.',
      'The persons of the dialogue are few, and said to be well known.',
    ]);
    expect(passages).toContain('Yes.');
  });

  test.each([
    ['another dialogue', fileOf('Meno', [persons])],
    ['one cut short', fileOf('Ion', [persons], long.slice(0, 9))],
    ['a web page', '<html><body>Sign in to this network</body></html>'],
    ['an empty file', ''],
  ])('is not %s', (_, text) => {
    expect(() => read(ion, text)).toThrow(BadInput);
    expect(() => read(ion, text)).toThrow('This is not the whole of the Ion');
  });
});

/** Three of the dialogues as a book. */
const small: CollectedBook = {
  ...dialogues,
  parts: dialogues.parts.filter(({ name }) => ['1635', '1643', '1657'].includes(name)),
};
const texts: Readonly<Record<string, string>> = Object.fromEntries(
  small.parts.map(({ name, title }) => [name, fileOf(title, [persons, `ION: This is ${title}.`])]),
);

describe('a collected book', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'escriba-dialogues-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const bytes = small.parts.map(({ name }) => Buffer.from(texts[name] ?? ''));

  test('is its parts in order, without the paragraphs that share 60 characters with what is held out elsewhere', () => {
    const all = collectBook(small, bytes, '', false);
    expect(passagesOf(all.corpus)).toHaveLength(3 * 61);
    expect(all.corpus.text).toMatch(/^This is Ion\.\n\nOf many/);
    expect(all.leftOut).toBe(0);
    const same = 'as the 7th, which is enough to make a text of a true length.';
    expect(same).toHaveLength(60);
    const apart = collectBook(small, bytes, `Before ${same} after`, false);
    expect(apart.leftOut).toBe(3);
    expect(apart.corpus.text).not.toContain(same);
    expect(collectBook(small, bytes, same.slice(1), false).leftOut).toBe(0);
  });

  test('goes on where a download broke off, and asks again for a file that is not whole', async () => {
    const asked: string[] = [];
    let works = false;
    const fetch = async (url: string | URL | Request): Promise<Response> => {
      const [, number = ''] = /pg(\d+)\.txt$/.exec(String(url)) ?? [];
      asked.push(number);
      if (number === '1657' && !works) return new Response('no', { status: 404 });
      return new Response(texts[number]);
    };
    const sleep = async () => {};
    await expect(fetchParts(small, folder, { fetch, sleep })).rejects.toThrow(
      'Crito could not be fetched (www.gutenberg.org: HTTP 404; gutenberg.pglaf.org: HTTP 404; aleph.gutenberg.org: HTTP 404).',
    );
    expect(asked).toEqual(['1635', '1643', '1657', '1657', '1657']);
    asked.length = 0;
    works = true;
    const files = await fetchParts(small, folder, { fetch, sleep });
    expect(asked).toEqual(['1657']);
    expect(files.map((each) => Buffer.from(each))).toEqual(bytes);
    expect((await readParts(small, folder)).map((each) => Buffer.from(each))).toEqual(bytes);
  });

  test('names all files that a folder lacks, with what they are and where to get them', async () => {
    const refusal = () => readParts(small, folder).catch((error: unknown) => error);
    expect(await refusal()).toMatchObject({
      message: `The folder ${folder} has none of the 3 files of Plato's other dialogues.`,
      remedy: expect.stringMatching(/^They are called 1635\.txt to 1657\.txt, .*Gutenberg/),
    });
    writeFileSync(join(folder, '1643.txt'), texts['1643'] ?? '');
    const refused = await refusal();
    expect(refused).toBeInstanceOf(BadInput);
    expect(refused).toMatchObject({
      message: `The folder ${folder} lacks 2 of the 3 files of Plato's other dialogues: 1635.txt (Ion), 1657.txt (Crito).`,
      remedy: expect.stringContaining('https://www.gutenberg.org/cache/epub/1635/pg1635.txt'),
    });
    mkdirSync(join(folder, '1635.txt'));
    writeFileSync(join(folder, '1657.txt'), texts['1657'] ?? '');
    await expect(readParts(small, folder)).rejects.toThrow(
      `The file ${join(folder, '1635.txt')} could not be read: it is a folder.`,
    );
  });
});
