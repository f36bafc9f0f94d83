import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialogues } from '../../data/dialogues.ts';
import { fileOf, persons } from '../data/dialogue-files.ts';
import { newEdition } from '../data/republic.ts';
import { newEscriba } from './escriba.ts';

const list = `Names\n\n${Array.from({ length: 400 }, (_, place) => `José ${place}\n`).join('')}`;

test('a text is kept as it is, shown with its parts and rare characters, and replaced where that is said', async () => {
  const { run, file } = newEscriba();
  const latin = file('latin.txt', '');
  writeFileSync(latin, Buffer.from(list.replaceAll('\n', '\r\n'), 'latin1'));
  const refused = await run('corpus', 'add', 'names', latin);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('It may be Latin-1: add it with `corpus add --encoding latin1`');
  expect(await run('corpus', 'add', 'names', latin, '--encoding', 'latin1')).toMatchObject({
    code: 0,
  });

  const shown = JSON.parse((await run('corpus', 'show', 'names', '--json')).stdout);
  expect(shown).toMatchObject({
    passageKind: 'line',
    characters: list.length,
    passages: 401,
    heldOutGroups: 20,
    sample: list.slice(0, 300),
    rare: [
      { character: 'N', count: 1 },
      { character: 'a', count: 1 },
      { character: 'e', count: 1 },
      { character: 'm', count: 1 },
    ],
  });
  expect(shown.training + shown.validation + shown.test).toBe(list.length);

  expect((await run('corpus', 'show', 'names')).stdout).toContain(
    '\nRare characters (fewer than 10 times): N (1), a (1), e (1), m (1).\n',
  );

  const emoji = file('emoji.txt', `${'🙂'.repeat(2_998)}\n`);
  const taken = await run('corpus', 'add', 'names', emoji);
  expect(taken).toMatchObject({ code: 2, stdout: '' });
  expect(taken.stderr).toContain('replace it with --replace');
  const replaced = await run('corpus', 'add', 'names', emoji, '--replace');
  expect(replaced.stdout).toBe(
    'names: 2,999 characters (2 different) in 1 paragraph.\n' +
      'Held out: 149 characters for validation, 150 for the test. That is too little to compare networks by; a longer text would be better.\n' +
      'Next: escriba train names\n',
  );
  const listed = JSON.parse((await run('corpus', 'list', '--json')).stdout);
  expect(listed).toContainEqual(expect.objectContaining({ name: 'names', characters: 2_999 }));
});

test('what `corpus add` says to do next works, of the shortest text too', async () => {
  const { run, file } = newEscriba();
  const word = (place: number) => `${'abcdefghijklmnopqrst'[(place * place) % 20]}${place}`;
  const texts = {
    line: Array.from({ length: 300 }, (_, place) => word(place)).join(' '),
    words: Array.from({ length: 300 }, (_, place) => `${word(place)}\n`).join(''),
    paragraphs: Array.from({ length: 10 }, (_, place) => word(place).repeat(50)).join('\n\n'),
  };
  for (const [name, text] of Object.entries(texts)) {
    const added = await run('corpus', 'add', name, file(name, text));
    const [, next = ''] = added.stdout.match(/^Next: escriba (.*)$/m) ?? [];
    const trained = await run(...next.split(' '), '--steps', '1', '--threads', '1');
    expect(trained, name).toMatchObject({ code: 0, stderr: expect.any(String) });
    expect(trained.stdout, name).toContain('Best on held-out text');
  }
});

test('the dialogues are taken from a folder, once the Republic that they are kept apart from is here', async () => {
  const { run, json, file, directory } = newEscriba();
  const folder = join(directory, 'dialogues');
  mkdirSync(folder);
  for (const { name, title } of dialogues.parts) {
    writeFileSync(join(folder, `${name}.txt`), fileOf(title, [persons, `ION: This is ${title}.`]));
  }
  expect(await run('train', 'dialogues')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      'or take files you have: `escriba corpus fetch dialogues --folder DIR`.\n',
    ),
  });
  const fetched = ['corpus', 'fetch', 'dialogues', '--folder', folder] as const;
  expect(await run(...fetched)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('`escriba corpus fetch plato`'),
  });
  await run('corpus', 'fetch', 'plato', '--file', file('plato.txt', newEdition));
  expect(await json(...fetched)).toMatchObject({
    name: 'dialogues',
    source: folder,
    passages: 28 * 61,
    leftOut: 0,
  });
  const introduced = await json(...fetched, '--with-introductions', '--replace');
  expect(introduced).toMatchObject({ passages: 28 * 64 });
  expect(await run('corpus', 'fetch', 'plato', '--folder', folder)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--folder does not apply to Plato's Republic."),
  });
});
