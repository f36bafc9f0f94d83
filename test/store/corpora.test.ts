import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openCorpus } from '../../src/run/corpora.ts';
import { addCorpus, findCorpus, listCorpora, removeCorpus } from '../../src/store/corpora.ts';
import { migrate } from '../../src/store/migrate.ts';
import { textStructure } from '../../src/store/migrations/009-text-structure.ts';
import { migrations } from '../../src/store/migrations/all.ts';
import { createRun } from '../../src/store/run-lifecycle.ts';
import { getRun } from '../../src/store/runs.ts';
import { splitCorpus } from '../../src/text/split.ts';
import { newRun, noon } from './rows.ts';
import { temporaryDirectory, temporaryStore } from './temporary.ts';

const plato = {
  name: 'plato',
  title: "Plato's Republic",
  passageKind: 'paragraph' as const,
  source: 'https://example.org/1497.txt',
  sha256: '0123abcd',
  characters: 24,
  text: 'I went down yesterday 🏛\n',
  heldOutGroups: [0, 7],
};

test('texts are kept whole under their names', () => {
  const store = temporaryStore();
  addCorpus(store, plato, noon);
  addCorpus(store, { ...plato, name: 'mine', passageKind: 'verse' }, noon + 1);
  addCorpus(store, plato, noon + 2);
  expect(findCorpus(store, 'plato')).toEqual({ ...plato, added: noon });
  const { text, heldOutGroups, ...info } = plato;
  expect(listCorpora(store)).toEqual([
    { ...info, name: 'mine', passageKind: 'verse', added: noon + 1 },
    { ...info, added: noon },
  ]);
  expect(findCorpus(store, 'bible')).toBeUndefined();
  expect(() => addCorpus(store, { ...plato, text: 'Another.\n' }, noon)).toThrow(
    'A different text is already called "plato" (from https://example.org/1497.txt).',
  );
});

test('a text can be removed; its runs stay, and are named', () => {
  const store = temporaryStore();
  addCorpus(store, plato, noon);
  const runs = ['plato', 'bible', 'plato'].map(
    (corpus) => createRun(store, { ...newRun, corpus }, noon).run,
  );
  expect(removeCorpus(store, 'plato')).toEqual([runs[0], runs[2]]);
  expect(findCorpus(store, 'plato')).toBeUndefined();
  expect(getRun(store, 3, noon).vocabulary).toEqual(newRun.vocabulary);
  expect(() => removeCorpus(store, 'plato')).toThrow('There is no text plato in the store.');
});

test('texts of a store of before are as they were, and held out as they were', async () => {
  const path = join(temporaryDirectory(), 'escriba.db');
  const before = new Database(path);
  migrate(before, path, migrations.slice(0, migrations.indexOf(textStructure)));
  const paragraphs = Array.from({ length: 24 }, (_, place) => `Paragraph ${place} 🙂`);
  const text = `${paragraphs.join('\n\n')}\n`;
  before
    .prepare('INSERT INTO corpora VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run('mine', 'mine', 'paragraph', 'mine.txt', '0123abcd', text.length, noon, text);
  before.close();
  const store = temporaryStore({}, path);
  expect(listCorpora(store)).toMatchObject([{ name: 'mine', characters: [...text].length }]);
  const corpus = await openCorpus(store, 'mine');
  expect(corpus).toMatchObject({ text, passageKind: 'paragraph' });
  expect(splitCorpus(corpus, 'units')).toMatchObject({
    validation: 'Paragraph 10 🙂\n',
    test: 'Paragraph 11 🙂\n',
  });
});
