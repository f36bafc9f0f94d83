import { expect, test } from 'vitest';
import { bible } from '../../data/bible.ts';
import { dailyVerses } from '../../data/bible-daily.ts';
import { passagesOf } from '../../src/text/corpus.ts';

test('the verses of the day exist, last for more than a year, and are not the harsh ones', async () => {
  const passages = passagesOf(await bible.corpus()).map(({ text }) => text);
  const { split } = bible.passage;
  const references = new Set(passages.map((passage) => split(passage).reference));
  expect([...dailyVerses].filter((reference) => !references.has(reference))).toEqual([]);
  const posted = passages.filter(bible.posting.suits).map((passage) => split(passage).reference);
  expect(posted.length).toBeGreaterThan(366);
  expect(posted).toContain('John 3:16');
  for (const harsh of ['Psalms 137:9', 'Ezekiel 23:20', 'Genesis 5:8', 'John 11:35']) {
    expect(posted).not.toContain(harsh);
  }
});
