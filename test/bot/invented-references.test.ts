import { expect, test } from 'vitest';
import { markReferences } from '../../bot/library/invented-references.ts';
import { wordsFor } from '../../bot/words/words.ts';
import { bible } from '../../data/bible.ts';
import type { Book } from '../../data/book.ts';
import { plato } from '../../data/plato.ts';

const shown = (
  text: string,
  language: 'en' | 'pt-BR',
  { passage }: Pick<Book, 'passage'> = bible,
) => markReferences(text, passage, wordsFor(language), (piece) => piece);

test('references of an invented text are marked, and named as the reader names the books', () => {
  const text = "John 3:99 And he said\nSolomon's Song 9:1 My love\n1 Kings 3:4 At 3:16 he came";
  expect(shown(text, 'en')).toBe(
    "John 3:99 (invented) And he said\nSolomon's Song 9:1 (invented) My love\n1 Kings 3:4 (invented) At 3:16 he came",
  );
  expect(shown(text, 'pt-BR')).toBe(
    'João 3:99 (inventado) And he said\nCânticos 9:1 (inventado) My love\n1 Reis 3:4 (inventado) At 3:16 he came',
  );
  expect(shown('Johnny 3:16 And', 'pt-BR')).toBe('Johnny 3:16 (inventado) And');
  expect(shown('Book 3:16 he', 'pt-BR', plato)).toBe('Book 3:16 he');
});
