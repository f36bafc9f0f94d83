import { describe, expect, test } from 'vitest';
import { type Corpus, wholeText } from '../../src/text/corpus.ts';
import { splitCorpus } from '../../src/text/split.ts';
import { groupParagraphs } from '../../src/text/units.ts';

function corpusOf(count: number): Corpus {
  return {
    name: 'own',
    title: 'own',
    passageKind: 'paragraph',
    passages: Array.from({ length: count }, (_, piece) => `paragraph ${piece}`),
    heldOutGroups: groupParagraphs(count),
  };
}

describe('wholeText', () => {
  test('has blank lines between the pieces and a newline at the end', () => {
    expect(wholeText(corpusOf(2))).toBe('paragraph 0\n\nparagraph 1\n');
  });
});

describe('groupParagraphs', () => {
  test.each([
    // paragraphs, groups, paragraphs in the first group
    [4318, 216, 20],
    [381, 20, 20],
    [380, 20, 19],
    [40, 20, 2],
    [39, 20, 2],
    [38, 38, 1],
    [20, 20, 1],
    [3, 3, 1],
  ])('%i paragraphs make %i groups of %i', (paragraphs, groups, size) => {
    const units = groupParagraphs(paragraphs);
    expect(units).toHaveLength(paragraphs);
    expect(units.at(-1)).toBe(groups - 1);
    expect(units.filter((unit) => unit === 0)).toHaveLength(size);
    expect(units).toEqual(units.toSorted((a, b) => a - b));
  });
});

describe('splitCorpus', () => {
  test('keeps unit 10 of 20 for validation and 11 for the test, each part a text of its own', () => {
    const parts = splitCorpus(corpusOf(36), 'units');
    expect(parts.validation).toBe('paragraph 10\n\nparagraph 30\n');
    expect(parts.test).toBe('paragraph 11\n\nparagraph 31\n');
    expect(parts.training.split('\n\n')).toHaveLength(32);
    expect(parts.training.endsWith('paragraph 35\n')).toBe(true);
  });

  test('trains on everything where nothing is held out', () => {
    const corpus = corpusOf(3);
    expect(splitCorpus(corpus, 'none')).toEqual({
      training: wholeText(corpus),
      validation: '',
      test: '',
    });
  });

  test('refuses a corpus with too few units to hold any out, and names what to do', () => {
    expect(splitCorpus(corpusOf(12), 'units').test).toBe('paragraph 11\n');
    expect(() => splitCorpus(corpusOf(11), 'units')).toThrow(
      expect.objectContaining({
        message: 'The corpus "own" has 11 paragraphs, and holding out takes 12.',
        remedy: expect.stringContaining('--hold-out none'),
      }),
    );
  });
});
