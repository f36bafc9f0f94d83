import { expect, test } from 'vitest';
import { bible } from '../../../data/bible.ts';
import { plato } from '../../../data/plato.ts';
import { passagesOf } from '../../../src/text/corpus.ts';
import { desk, privately, publicly } from '../support/desk.ts';
import { storePath } from '../support/networks.ts';

const verses = passagesOf(await bible.corpus()).map(({ text }) => text);

test.each([
  ['John 3:16', 'en', 'John 3:16', 1],
  ['john 3:16-18', 'en', 'John 3:16', 3],
  ['1 Cor 13', 'en', '1 Corinthians 13:1', 13],
  ['I Corinthians 13:4', 'en', '1 Corinthians 13:4', 1],
  ['Psalm 23', 'en', 'Psalms 23:1', 6],
  ['Song of Solomon 2:1', 'en', "Solomon's Song 2:1", 1],
  ['Jude 5', 'en', 'Jude 1:5', 1],
  ['Jn 1:1', 'en', 'John 1:1', 1],
  ['Jn 1:1', 'pt-BR', 'Jonah 1:1', 1],
  ['João 3.16', 'en', 'John 3:16', 1],
  ['Jo 3:16', 'pt-BR', 'John 3:16', 1],
  ['Jó 1:1', 'pt-BR', 'Job 1:1', 1],
  ['1ª Coríntios 13, 4', 'pt-BR', '1 Corinthians 13:4', 1],
  ['Sl 117', 'pt-BR', 'Psalms 117:1', 2],
  ['Genesis 50:20-99', 'en', 'Genesis 50:20', 7],
] as const)('%s (%s) is %s and %i in all', (typed, language, first, count) => {
  const range = bible.passage.find(verses, typed, language);
  expect(bible.passage.split(verses[range?.first ?? -1] ?? '').reference).toBe(first);
  expect((range?.last ?? 0) - (range?.first ?? 0) + 1).toBe(count);
});

test.each(['John', 'John 22:1', 'John 3:99', 'John 3:18-16', 'Nobody 3:16', '3:16', 'love', ''])(
  '%j names no verse',
  (typed) => {
    expect(bible.passage.find(verses, typed, 'en')).toBeNull();
  },
);

test('the Republic is found by book and paragraph', () => {
  const passages = ['BOOK I.', 'one', 'two', 'BOOK II.', 'three'];
  const place = (typed: string) => plato.passage.find(passages, typed, 'en')?.first ?? null;
  expect(['I', 'Book I, paragraph 2', 'livro ii 1', '2.1'].map(place)).toEqual([1, 2, 4, 4]);
  expect(['XI', 'II 2', 'I 3', 'justice', ''].map(place)).toEqual([null, null, null, null, null]);
});

test('shows a verse, several, and what has some words, in the words of who asks', async () => {
  const { ask, assembly } = await desk(storePath());
  expect(publicly(await ask('/verse passage:John 11:35')).text).toBe(
    'Jesus wept.\n-# John 11:35 · King James Bible',
  );
  expect(publicly(await ask('/versiculo passagem:Salmos 117', { locale: 'pt-BR' })).text).toMatch(
    /^\*\*1\*\* O praise the LORD[^\n]*\n\*\*2\*\* For his merciful[^\n]*\n-# Salmos 117:1-2 · Bíblia King James$/,
  );
  const long = publicly(await ask('/verse passage:Psalm 119')).text;
  expect(long.length).toBeLessThan(2000);
  expect(long).toMatch(/\n-# Psalms 119:1-\d+ · King James Bible · \d+ more$/);
  const found = publicly(await ask('/verse passage:love thy neighbour')).text;
  expect(found).toMatch(/^King James Bible: \d+ passages have "love thy neighbour"\.\n- \*\*/);
  expect(found).toContain('**Leviticus 19:18**');
  expect(found.split('\n')).toHaveLength(6);
  expect(privately(await ask('/verse passage:*zzz*'))).toBe(
    'I found nothing for "\\*zzz\\*" in the King James Bible.',
  );
  const offer = async (text: string) =>
    (
      await assembly.dispatcher.complete({
        ...{ type: 'completion', command: 'verse', subcommand: null, focused: 'passage', text },
        ...{ options: {}, id: '1', locale: 'en' },
        asker: { userId: '1', mayManageServer: false, mayManageMessages: false },
        place: { guildId: 'G', channelId: 'C', isInstalled: true, language: null },
      })
    ).map(({ value }) => value);
  expect(await offer('gen')).toEqual(['Genesis 1']);
  expect((await offer('John 3:16'))[0]).toBe('John 3:16');
  expect((await offer('jesus wept'))[0]).toBe('John 11:35');
});
