import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupEvenly, groupParagraphs } from '../../src/text/held-out-groups.ts';

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
    const groupOf = groupParagraphs(paragraphs);
    expect(groupOf).toHaveLength(paragraphs);
    expect(groupOf.at(-1)).toBe(groups - 1);
    expect(groupOf.filter((group) => group === 0)).toHaveLength(size);
    expect(groupOf).toEqual(groupOf.toSorted((a, b) => a - b));
  });
});

/** The texts of the groups. */
function groupsOf(text: string): string[] {
  const starts = groupEvenly(text);
  return starts.map((start, group) => text.slice(start, starts[group + 1]));
}

describe('groupEvenly', () => {
  test('begins groups at paragraphs where there are enough, whatever is between them', () => {
    const paragraph = `${'A line of a poem.\n'.repeat(4)}`;
    const groups = groupsOf(`${paragraph} \n\n`.repeat(61));
    expect(groups).toHaveLength(20);
    for (const group of groups) {
      expect(group).toMatch(/^A line/);
      expect(group).toMatch(/\n \n\n$/);
    }
  });

  test('begins them at lines of a heading and 3,000 names', () => {
    const names = Array.from({ length: 3_000 }, (_, place) => `Name${place}`);
    const groups = groupsOf(`Names\n\n${names.join('\n')}`);
    expect(groups).toHaveLength(20);
    for (const group of groups.slice(1)) expect(group).toMatch(/^Name\d+\n/);
  });

  test('begins them at words of a text of one line, and anywhere in one without spaces', () => {
    for (const group of groupsOf('One long line. '.repeat(200)).slice(1)) {
      expect(group).toMatch(/^(One|long|line\.) /);
    }
    const groups = groupsOf('🙂'.repeat(1_000));
    expect(groups.map((group) => [...group].length)).toEqual(Array(20).fill(50));
    expect(groups.every((group) => group.isWellFormed())).toBe(true);
  });

  test('has more groups in a longer text, of about 10,000 characters each', () => {
    expect(groupEvenly('Some words. '.repeat(100_000))).toHaveLength(120);
  });

  test('parts any text into groups of half to one and a half times the same length', () => {
    const words = fc.constantFrom(
      'a',
      'word',
      ' ',
      '\n',
      '\n\n',
      '🙂',
      '* * *\n\n',
      'x'.repeat(90),
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1_000, maxLength: 2_000 }), (parts) => {
        const text = parts.join('');
        const groups = groupsOf(text);
        expect(groups.join('')).toBe(text);
        const mean = text.length / groups.length;
        for (const group of groups) {
          expect(group.length).toBeGreaterThanOrEqual(Math.floor(mean / 2));
          expect(group.length).toBeLessThanOrEqual(Math.ceil(mean * 1.5) + 1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
