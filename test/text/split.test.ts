import { describe, expect, test } from 'vitest';
import { type Corpus, corpusOfPassages, passagesOf } from '../../src/text/corpus.ts';
import { groupParagraphs } from '../../src/text/held-out-groups.ts';
import { splitCorpus } from '../../src/text/split.ts';

const card = { name: 'own', title: 'own', passageKind: 'paragraph' } as const;

function corpusOf(count: number): Corpus {
  const passages = Array.from({ length: count }, (_, place) => `paragraph ${place}`);
  return corpusOfPassages(card, passages, groupParagraphs(count));
}

describe('passagesOf', () => {
  const text = '\n \nOne\n  two\n\t\n\n\nthree\n\n';

  test('gives paragraphs with their places and line breaks, without the blank lines between', () => {
    expect(passagesOf({ text, passageKind: 'paragraph' })).toEqual([
      { start: 3, text: 'One\n  two' },
      { start: 17, text: 'three' },
    ]);
    expect(passagesOf({ text: 'one\n', passageKind: 'paragraph' })).toEqual([
      { start: 0, text: 'one' },
    ]);
  });

  test('gives lines with their places', () => {
    expect(passagesOf({ text, passageKind: 'line' })).toEqual([
      { start: 3, text: 'One' },
      { start: 7, text: '  two' },
      { start: 17, text: 'three' },
    ]);
  });

  test('gives the passages that a corpus was made of', () => {
    const passages = passagesOf(corpusOf(5)).map((passage) => passage.text);
    expect(passages).toEqual([0, 1, 2, 3, 4].map((place) => `paragraph ${place}`));
    expect(passagesOf(corpusOf(0))).toEqual([]);
  });
});

describe('splitCorpus', () => {
  test('keeps group 10 of 20 for validation and 11 for the test, each part a text of its own', () => {
    const parts = splitCorpus(corpusOf(36), 'units');
    expect(parts.validation).toBe('paragraph 10\n\nparagraph 30\n');
    expect(parts.test).toBe('paragraph 11\n\nparagraph 31\n');
    expect(parts.training.split('\n\n')).toHaveLength(32);
    expect(parts.training.endsWith('paragraph 35\n')).toBe(true);
  });

  test('trains on everything where nothing is held out', () => {
    const corpus = corpusOf(3);
    expect(splitCorpus(corpus, 'none')).toEqual({
      training: corpus.text,
      validation: '',
      test: '',
    });
  });

  test('refuses a corpus with too few groups to hold any out, and names what to do', () => {
    expect(splitCorpus(corpusOf(12), 'units').test).toBe('paragraph 11\n');
    expect(() => splitCorpus(corpusOf(11), 'units')).toThrow(
      expect.objectContaining({
        message: 'The text "own" is too short to hold any of it out for validation.',
        remedy: expect.stringContaining('--hold-out none'),
      }),
    );
  });
});
