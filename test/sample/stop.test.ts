import { expect, test } from 'vitest';
import { Stop, type StopOptions } from '../../src/sample/stop.ts';

/** As much of a text as is written from a seed on. */
function written(seed: string, text: string, options: Partial<StopOptions>): string {
  const stop = new Stop({ characters: 1000, ...options }, seed);
  const characters = [...text];
  const end = characters.findIndex((character) => stop.before(character));
  return characters.slice(0, end === -1 ? characters.length : end).join('');
}

const verses = ' begat Enos.\n\nGenesis 5:4 And the days.\n\nGenesis 5:5 And all.\n';

test.each([
  ['a number of characters', '', 'one two', { characters: 5 }, 'one t'],
  ['no character at all', '', 'one two', { characters: 0 }, ''],
  ['characters that take two places in memory', '', '🙂🙂🙂', { characters: 2 }, '🙂🙂'],

  ['the verse that the seed begins', 'And Seth', verses, { verses: 1 }, ' begat Enos.'],
  [
    'the verse after it',
    'And Seth',
    verses,
    { verses: 2 },
    ' begat Enos.\n\nGenesis 5:4 And the days.',
  ],
  ['the first verse, of no seed', '', '\n\nIn the end.\n\nAnd', { verses: 1 }, '\n\nIn the end.'],
  [
    'the verse of its last line, of a long seed',
    'One.\n\nTwo',
    ' goes on.\n\nThree',
    { verses: 1 },
    ' goes on.',
  ],
  [
    'the next verse, after a seed that ends one',
    'One.\n',
    '\nTwo.\n\nThree',
    { verses: 1 },
    '\nTwo.',
  ],
  ['the end of a seed that a line break follows', 'One.', '\n\nTwo.', { verses: 1 }, ''],

  ['the sentence that the seed begins', 'And it', ' was so. And he', { sentences: 1 }, ' was so.'],
  [
    'several sentences',
    '',
    'Why? Because! He said so. And',
    { sentences: 3 },
    'Why? Because! He said so.',
  ],
  [
    'a sentence in quotes or brackets',
    '',
    '"It is (he said.)" And',
    { sentences: 1 },
    '"It is (he said.)"',
  ],
  ['a sentence at the end of its line', '', 'It is so.\n\nAnd', { sentences: 1 }, 'It is so.'],
  ['a sentence that is whole in the seed', 'It is so.', ' And then.', { sentences: 1 }, ''],
  [
    'a full stop inside a number or an end without one',
    '',
    '1.5 is, he said\nand so.\n',
    { sentences: 1 },
    '1.5 is, he said\nand so.',
  ],
  [
    'two spaces after a sentence, which is one',
    '',
    'One.  Two.  Three.',
    { sentences: 2 },
    'One.  Two.',
  ],

  [
    'what comes first',
    '',
    'One. Two.\n\nThree.',
    { characters: 12, verses: 1, sentences: 3 },
    'One. Two.',
  ],
  ['what comes first, the characters', '', 'One. Two.\n', { characters: 3, verses: 1 }, 'One'],
] as const)('a text ends at %s', (_, seed, text, options, expected) => {
  expect(written(seed, text, options)).toBe(expected);
});
