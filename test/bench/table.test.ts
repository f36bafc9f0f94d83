import { expect, test } from 'vitest';
import { table } from '../../bench/table.ts';

test('words stand to the left, figures to the right', () => {
  const shown = table(
    ['who', 'chars/s', 'to best'],
    [
      ['a', '9.5k', '0.50'],
      ['longer', '19.0k', '-'],
    ],
  );
  expect(shown).toBe(
    [
      'who     chars/s  to best',
      '------  -------  -------',
      'a          9.5k     0.50',
      'longer    19.0k        -',
    ].join('\n'),
  );
});
