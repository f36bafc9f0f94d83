import { expect, test } from 'vitest';
import { bible } from '../../data/bible.ts';
import { passagesOf } from '../../src/text/corpus.ts';
import { splitCorpus } from '../../src/text/split.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';

test('the Bible is all of its verses, a verse on its line, held out by chapters', async () => {
  const corpus = await bible.corpus();
  expect(corpus.name).toBe('bible');
  const passages = passagesOf(corpus).map(({ text }) => text);
  expect(passages).toHaveLength(31_102);
  expect(corpus.heldOutGroups).toHaveLength(1_189);
  expect(corpus.text.slice(corpus.heldOutGroups[1])).toMatch(/^Genesis 2:1 /);
  expect(passages[1]).toBe(
    'Genesis 1:2 And the earth was without form, and void; and darkness [was] upon the face of the deep. And the Spirit of God moved upon the face of the waters.',
  );
  expect(passages[5]).toMatch(/^Genesis 1:6 And God said, Let there be a firmament/);
  expect(passages.at(-1)).toBe(
    'Revelation 22:21 The grace of our Lord Jesus Christ [be] with you all. Amen.',
  );

  const whole = corpus.text;
  expect(whole).toMatch(/^Genesis 1:1 .+\n\nGenesis 1:2 /);
  expect(whole).not.toContain('#');
  expect(CharacterTokenizer.of(whole).size).toBe(75);

  const parts = splitCorpus(corpus, 'units');
  expect([parts.training.length, parts.validation.length, parts.test.length]).toEqual([
    4_202_294, 218_364, 210_830,
  ]);
  expect(parts.validation).toMatch(/^Genesis 11:1 And the whole earth was of one language/);
  expect(parts.test).toMatch(/^Genesis 12:1 /);
});

test('every verse is cited in Portuguese and found again by that; what only looks like a reference stays', async () => {
  const { localized, asWritten, split } = bible.passage;
  const passages = passagesOf(await bible.corpus()).map(({ text }) => text);
  const references = passages.map((passage) => split(passage).reference);
  const inPortuguese = references.map((reference) => localized(reference, 'pt-BR'));
  expect(inPortuguese.map(asWritten)).toEqual(references);
  expect(references.map((reference) => localized(reference, 'en'))).toEqual(references);
  expect(localized("Solomon's Song 1:1", 'pt-BR')).toBe('Cânticos 1:1');
  expect(asWritten('1 coríntios 13:4 O amor')).toBe('1 Corinthians 13:4 O amor');
  expect(asWritten('JOÃO 3:16')).toBe('John 3:16');
  expect(asWritten('joao 3:16')).toBe('John 3:16');
  for (const typed of ['', 'João', 'E João 3:16 disse', 'Jo 3:16', 'At 3:16 he came', 'Atos 3:x']) {
    expect(asWritten(typed)).toBe(typed);
  }
});
