import { expect, test } from 'vitest';
import { Stop, type StopOptions } from '../../src/sample/stop.ts';

/** As much of a text as is written from a seed on. */
function written(seed: string, text: string, options: Partial<StopOptions>): string {
  const stop = new Stop({ characters: 1000, ...options }, seed);
  let whole = '';
  for (const character of text) {
    const { text: certain, ended } = stop.add(character);
    whole += certain;
    if (ended) break;
  }
  return whole;
}

const verses = ' begat Enos.\n\nGenesis 5:4 And the days.\n\nGenesis 5:5 And all.\n';

test.each([
  ['a number of characters', '', 'one two', { characters: 5 }, 'one t'],
  ['no character at all', '', 'one two', { characters: 0 }, ''],
  ['characters that take two places in memory', '', '🙂🙂🙂', { characters: 2 }, '🙂🙂'],

  [
    'the verse that the seed begins',
    'And Seth',
    verses,
    { passages: 1, passageKind: 'verse' },
    ' begat Enos.',
  ],
  [
    'the verse after it',
    'And Seth',
    verses,
    { passages: 2, passageKind: 'verse' },
    ' begat Enos.\n\nGenesis 5:4 And the days.',
  ],
  [
    'the first verse, of no seed',
    '',
    '\n\nIn the end.\n\nAnd',
    { passages: 1, passageKind: 'verse' },
    '\n\nIn the end.',
  ],
  [
    'the verse of its last line, of a long seed',
    'One.\n\nTwo',
    ' goes on.\n\nThree',
    { passages: 1, passageKind: 'verse' },
    ' goes on.',
  ],
  [
    'the next verse, after a seed that ends one',
    'One.\n',
    '\nTwo.\n\nThree',
    { passages: 1, passageKind: 'verse' },
    '\nTwo.',
  ],
  [
    'the end of a seed that a line break follows',
    'One.',
    '\n\nTwo.',
    { passages: 1, passageKind: 'verse' },
    '',
  ],

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
    'a sentence in curly quotes',
    '',
    '“Yes,” he said. “No.” Then',
    { sentences: 2 },
    '“Yes,” he said. “No.”',
  ],
  [
    'a sentence of a script without spaces',
    '',
    '是的。他说。然后',
    { sentences: 2 },
    '是的。他说。',
  ],
  ['a sentence of a wrapped text', '', 'He went\nhome. Then', { sentences: 1 }, 'He went\nhome.'],
  [
    'a full stop before a small letter',
    '',
    'Some, e.g. this. Then',
    { sentences: 1 },
    'Some, e.g. this.',
  ],
  [
    'a heading, which is a sentence of its own',
    '',
    'BOOK I\n\nI went.',
    { sentences: 1 },
    'BOOK I',
  ],
  [
    'a sentence over two verses',
    '',
    'Ruth 1:1 He said,\n\nRuth 1:2 Go. And',
    { sentences: 1, passageKind: 'verse' },
    'Ruth 1:1 He said,\n\nRuth 1:2 Go.',
  ],
  [
    'the line of a list that is a sentence',
    '',
    'Anna\nBerta\nCarla\n',
    { sentences: 2, passageKind: 'line' },
    'Anna\nBerta',
  ],
  ['a stanza', 'Up', ' the hill\nand down\n\nThey went', { passages: 1 }, ' the hill\nand down'],
  ['two stanzas', '', 'a\nb\n\nc\nd\n \ne', { passages: 2 }, 'a\nb\n\nc\nd'],
  ['a stanza after a seed of a whole one', 'a\nb\n\n', 'c\nd\n\ne', { passages: 1 }, 'c\nd'],
  ['a line', '', 'Anna\nBerta\n', { passages: 1, passageKind: 'line' }, 'Anna'],
  [
    'the characters, spaces that lead nowhere among them',
    '',
    'One. Two',
    { characters: 5, sentences: 9 },
    'One. ',
  ],
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
    { characters: 12, passages: 1, sentences: 3 },
    'One. Two.',
  ],
  ['what comes first, the characters', '', 'One. Two.\n', { characters: 3, passages: 1 }, 'One'],
] as const)('a text ends at %s', (_, seed, text, options, expected) => {
  expect(written(seed, text, options)).toBe(expected);
});
