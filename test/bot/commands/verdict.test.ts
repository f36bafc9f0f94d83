import { expect, test } from 'vitest';
import { verdictOf } from '../../../bot/library/verdict.ts';

test.each([
  ['a passage of a book', [1.4, 2.1], 200, 'likeliest'],
  ['one that both books could have', [1.5, 1.6], 200, 'hard-to-tell'],
  ['a short one, with as much between them', [2, 2.2], 30, 'hard-to-tell'],
  ['keys at random', [6, 12], 14, 'neither'],
  ['modern English', [2.9, 3.6], 200, 'neither'],
  ['modern English that one of the books is close to', [2.1, 2.7], 80, 'neither'],
  ['a passage of a few words', [2.2, 2.4], 30, 'hard-to-tell'],
  ['one letter', [3, 4], 1, 'hard-to-tell'],
  ['the only network', [1.4], 200, 'likeliest'],
  ['nothing that the only network knows', [4], 200, 'neither'],
])('%s', (_, bits, length, verdict) => {
  expect(verdictOf(bits, length)).toBe(verdict);
});
