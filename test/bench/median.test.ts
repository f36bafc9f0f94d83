import { expect, test } from 'vitest';
import { median, quantile } from '../../bench/median.ts';

test('the middle of some numbers is one of them, or lies between two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('a quantile is the smallest of the numbers that so large a share of them is not above', () => {
  const numbers = Array.from({ length: 200 }, (_, number) => 200 - number);
  expect(quantile(numbers, 0.5)).toBe(100);
  expect(quantile(numbers, 0.99)).toBe(198);
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});
