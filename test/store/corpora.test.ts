import { expect, test } from 'vitest';
import { addCorpus, findCorpus, listCorpora, removeCorpus } from '../../src/store/corpora.ts';
import { createRun } from '../../src/store/run-lifecycle.ts';
import { getRun } from '../../src/store/runs.ts';
import { newRun, noon } from './rows.ts';
import { temporaryStore } from './temporary.ts';

const plato = {
  name: 'plato',
  title: "Plato's Republic",
  passageKind: 'paragraph' as const,
  source: 'https://example.org/1497.txt',
  sha256: '0123abcd',
  characters: 24,
  text: 'I went down yesterday 🏛\n',
};

test('texts are kept whole under their names', () => {
  const store = temporaryStore();
  addCorpus(store, plato, noon);
  addCorpus(store, { ...plato, name: 'mine', passageKind: 'verse' }, noon + 1);
  addCorpus(store, plato, noon + 2);
  expect(findCorpus(store, 'plato')).toEqual({ ...plato, added: noon });
  const { text, ...info } = plato;
  expect(listCorpora(store)).toEqual([
    { ...info, name: 'mine', passageKind: 'verse', added: noon + 1 },
    { ...info, added: noon },
  ]);
  expect(findCorpus(store, 'bible')).toBeUndefined();
  expect(() => addCorpus(store, { ...plato, text: 'Another.\n' }, noon)).toThrow(
    "There is another text under the name plato: Plato's Republic, from https://example.org/1497.txt.",
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
