import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { isNodeNewEnough, neededNode } from '../../src/node-version.ts';
import { newEscriba } from './escriba.ts';
import { ownText, tiny } from './own-text.ts';

const packageForm = z.object({
  version: z.string(),
  engines: z.object({ node: z.string().startsWith('>=') }),
});
const packageFile = packageForm.parse(
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
);

test('help and version are a result, and touch no store', async () => {
  const { run, store } = newEscriba();
  const help = await run('--help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const name of ['train', 'dashboard', 'write', 'corpus', 'doctor']) {
    expect(help.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  }
  expect(await run('--version')).toMatchObject({ code: 0, stdout: `${packageFile.version}\n` });
  const ofTrain = await run('help', 'train');
  expect(ofTrain.stdout).toContain('--weight-decay <RATE>');
  expect((await run('help', 'export')).stdout).toMatch(/--to <FILE> .*\(required\)/s);
  expect(ofTrain).toEqual(await run('train', '--help'));
  expect(existsSync(store)).toBe(false);
});

test('wrong usage ends with 2, and says what was wrong and what would be right', async () => {
  const { run } = newEscriba();
  const cases: readonly (readonly [words: string, complaint: string])[] = [
    ['trian', "error: unknown command 'trian'\n(Did you mean train?)\nSee `escriba --help`.\n"],
    [
      'help trian',
      "error: unknown command 'trian'\n(Did you mean train?)\nSee `escriba --help`.\n",
    ],
    ['train', "error: missing required argument 'corpus'\nSee `escriba train --help`.\n"],
    ['train bible --hiden 8', "error: unknown option '--hiden'\n(Did you mean --hidden?)\n"],
    [
      'train bible --hidden 7',
      'error: --hidden cannot be "7": it must be a whole number from 8 to 2048.\nSee `escriba train --help`.\n',
    ],
    ['train bible --dropout half', 'it must be a number from 0 to 0.95.'],
    [
      'train bible --cell rnn',
      'error: --cell cannot be "rnn": it must be classic, lstm, gru, mingru or peephole.',
    ],
    [
      'train bible --steps 1 --passes 1',
      'error: A run has one budget: --minutes, --passes or --steps.',
    ],
    [
      'train bible --from 1 --layers 2',
      'error: With --from 1 the network has the shape and the tokenizer of run 1.',
    ],
    ['stop first', 'error: RUN cannot be "first": it must be the number of a run'],
    ['stop 9007199254740993', 'error: RUN cannot be "9007199254740993": it must be the number'],
    ['export 1', 'error: --to is missing.\nSee `escriba export --help`.\n'],
    ['export 1 --to model.pt', 'it must end in .safetensors or .onnx.'],
    [
      'corpus remove nothing',
      'error: There is no text called "nothing".\nThere are bible, plato, dialogues.',
    ],
    ['corpus show bibel', 'error: There is no text called "bibel".\nDid you mean bible?'],
    ['corpus remove bible', 'error: King James Bible is part of the program'],
    ['corpus add two words', 'error: The file words could not be read'],
    [
      'write unheard-of',
      'error: No network has learned "unheard-of" yet.\nTrain one: `escriba train bible`.',
    ],
    [
      'write bible',
      'error: No network has learned "bible" yet.\nTrain one: `escriba train bible`.',
    ],
    ['write 1', 'error: There is no run 1.'],
    ['evaluate latest', 'error: There are no runs yet.\nStart one with `escriba train bible`.'],
    [
      'evaluate none.safetensors',
      'error: The file none.safetensors could not be read: there is no such file.\nName a .safetensors file.',
    ],
    ['import own.onnx', 'error: own.onnx is an ONNX file, which is for other programs'],
    ['corpus add 12 own.txt', 'error: The file own.txt could not be read: there is no such file.'],
    ['train bible --minutes 0', 'error: --minutes cannot be "0": it must be a number from 0.01'],
    ['train bible --passes 0', 'error: --passes cannot be "0": it must be a number from 0.001'],
    ['train bible --lr 0', 'error: --lr cannot be "0": it must be a number from 1e-8 to 1.'],

    ['show 1', 'error: There is no run 1.\n`escriba runs` lists those there are.\n'],
  ];
  for (const [words, complaint] of cases) {
    const answer = await run(...words.split(' '));
    expect(answer, words).toMatchObject({ code: 2, stdout: '' });
    expect(answer.stderr, words).toContain(complaint);
  }
});

test('a file that is not there, is a folder or has no place is told in words, with a remedy', async () => {
  const { run, file, directory } = newEscriba();
  file('own.txt', ownText);
  mkdirSync(join(directory, 'folder.safetensors'));
  const missing = 'there is no such file.';
  const cases: readonly (readonly [words: string, code: number, complaint: string])[] = [
    ['import no.safetensors', 2, `The file no.safetensors could not be read: ${missing}\nName a `],
    [
      'import folder.safetensors',
      2,
      'The file folder.safetensors could not be read: it is a folder.',
    ],
    ['import own.txt/a', 2, 'The file own.txt/a could not be read: a part of its path is not a'],
    ['evaluate no.safetensors', 2, `The file no.safetensors could not be read: ${missing}`],
    [
      'corpus add own no.txt',
      2,
      `The file no.txt could not be read: ${missing}\nName a text file.`,
    ],
    [
      'corpus add own folder.safetensors',
      2,
      'The file folder.safetensors could not be read: it is a folder.',
    ],
    ['corpus fetch plato --file no.txt', 2, `The file no.txt could not be read: ${missing}`],
  ];
  for (const [words, code, complaint] of cases) {
    const answer = await run(...words.split(' '));
    expect(answer, words).toMatchObject({ code, stdout: '' });
    expect(answer.stderr, words).toContain(`error: ${complaint}`);
  }
  const folder = newEscriba({ ESCRIBA_DB: directory });
  const { code, stderr } = await folder.run('runs');
  expect(code).toBe(1);
  expect(stderr).toContain(
    `error: The store cannot be ${directory}: it is a folder.\nName a file in`,
  );
});

test('what fails ends with 1 and a remedy; a stack is shown only where it is asked for', async () => {
  const { run, file, store } = newEscriba();
  file(
    'escriba.db',
    'This is not a database, but it is long enough to be taken for one. '.repeat(20),
  );
  const plain = await run('runs');
  expect(plain).toMatchObject({ code: 1, stdout: '' });
  expect(plain.stderr).toBe(
    `error: ${store} is not a SQLite database.\nMove the file away, or name another one in ESCRIBA_DB.\n`,
  );
  const inspected = newEscriba({ DEBUG: '1', ESCRIBA_DB: store });
  expect((await inspected.run('runs')).stderr).toMatch(/\n {4}at .*openStore/);
});

test('a file .env says where the store is', async () => {
  const { run, file, directory } = newEscriba({ ESCRIBA_DB: undefined });
  const named = join(directory, 'named', 'here.db');
  file('.env', `ESCRIBA_DB=${named}\n`);
  expect(await run('runs', '--json')).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
  expect(existsSync(named)).toBe(true);
});

test('a store is named from the home directory by ~, and a folder of models that is not there is told', async () => {
  const { run, directory } = newEscriba({ ESCRIBA_DB: '~/named/here.db' });
  expect(await run('runs', '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
  expect(existsSync(join(directory, 'named', 'here.db'))).toBe(true);
  const without = newEscriba({ ESCRIBA_MODELS: '/no/models' });
  expect(await without.run('runs')).toMatchObject({
    code: 2,
    stderr:
      'error: ESCRIBA_MODELS names /no/models, which is not there.\nName a folder of .safetensors files, or none for a store without them.\n',
  });
});

test('options that npm took for its own are missed, and the remedy is told', async () => {
  // As `npm run escriba train bible --minutes 5` hands it on.
  const npm = { npm_lifecycle_event: 'escriba', npm_config_minutes: 'true', npm_config_yes: '' };
  expect(await newEscriba(npm).run('train', 'bible', '5')).toMatchObject({
    code: 2,
    stderr:
      "error: npm took --minutes as its own and did not pass it on.\nPut -- before Escriba's words: npm run -s escriba -- train ... --minutes ...\n",
  });
  expect(await newEscriba({ ...npm, npm_lifecycle_event: undefined }).run('runs')).toMatchObject({
    code: 0,
  });
});

test('a training whose reader leaves stops, keeps a checkpoint and does not complain', async () => {
  const { run, start, file, json } = newEscriba();
  await run('corpus', 'add', 'own', file('own.txt', ownText));
  const training = start('train', 'own', ...tiny, '--steps', '1000000', '--json');
  let complaints = '';
  training.stderr.on('data', (data: Buffer) => {
    complaints += data.toString();
  });
  training.stdout.once('data', () => training.stdout.destroy());
  expect(await new Promise((resolve) => training.once('exit', resolve))).toBe(0);
  expect(complaints).toBe('');
  expect(await json('show', '1')).toMatchObject({
    state: 'stopped',
    checkpoints: [{ kind: 'last', resumable: true }],
  });
});

test('the Node that the program and the library take is the one that package.json says', () => {
  expect(packageFile.engines.node).toBe('>=22.14 <23 || >=23.6');
  expect(neededNode).toBe('Node 22.14 or newer (of Node 23, 23.6)');
  // As process.versions has it in 20.20, 22.13, 22.14 and 24.
  const taken = ['9', '9', '10', '10'].map((napi) => isNodeNewEnough(napi));
  expect(taken).toEqual([false, false, true, true]);
});

test('a shell is told what can come next: commands, options, words, texts, runs and files', async () => {
  const { run, file } = newEscriba();
  file('psalms.txt', '');
  const after = async (...words: readonly string[]) => {
    const { stdout } = await run('complete', '--', ...words);
    return stdout.split('\n').map((line) => line.split('\t')[0]);
  };
  expect(await after('tra')).toEqual(['train', ':4', '']);
  expect(await after('train', 'bible', '--rec')).toEqual(['--recurrent-dropout', ':4', '']);
  expect(await after('train', '--cell', 'l')).toEqual(['lstm', ':4', '']);
  expect(await after('corpus', 'fetch', '')).toEqual(['plato', 'dialogues', ':4', '']);
  expect(await after('corpus', 'show', 'b')).toEqual(['bible', ':4', '']);
  expect(await after('score', '--json', 'bible', 'ps')).toEqual(['psalms.txt', ':4', '']);
  expect(await after('stop', '')).toEqual(['latest', ':4', '']);
  const scripts = ['bash', 'zsh', 'fish', 'powershell'].map((shell) => run('completion', shell));
  for (const { code, stdout } of await Promise.all(scripts)) {
    expect(code).toBe(0);
    expect(stdout).toMatch(/escriba complete '?--/);
  }
});
