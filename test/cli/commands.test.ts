import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { InferenceSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Rnn } from '../../src/rnn.ts';
import { readNetworkFile } from '../../src/run/model-file.ts';
import { type Answer, newEscriba } from './escriba.ts';
import { ownText, tiny } from './own-text.ts';

const eventForm = z.looseObject({ type: z.string(), bitsPerCharacter: z.number().optional() });
const eventsOf = ({ stdout }: Answer) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => eventForm.parse(JSON.parse(line)));
const scoreForm = z.object({
  bitsPerCharacter: z.number(),
  characters: z.number(),
  tokens: z.array(z.object({ text: z.string(), bits: z.number(), characters: z.number() })),
  rewritten: z.array(z.object({ from: z.string(), to: z.string() })),
  leftOut: z.array(z.string()),
  leftOutCount: z.number(),
});
const doctorForm = z.object({
  checks: z.array(z.object({ name: z.string(), state: z.string() })),
});
const figureForm = z.object({ bitsPerCharacter: z.number() });

let learned: { readonly store: Uint8Array; readonly answer: Answer } | undefined;

/** A store in which run 1 has learned the text `own`, and what was told of it. It is trained once for all tests. */
async function trained() {
  const escriba = newEscriba();
  if (learned === undefined) {
    await escriba.run('corpus', 'add', 'own', escriba.file('own.txt', ownText));
    const words = ['train', 'own', ...tiny, '--steps', '100', '--random-seed', '3', '--json'];
    const answer = await escriba.run(...words);
    learned = { store: readFileSync(escriba.store), answer };
  }
  escriba.file('escriba.db', learned.store);
  return { ...escriba, answer: learned.answer };
}

test('a training streams its events, and the run is listed and shown', async () => {
  const { answer, run, json } = await trained();
  expect(answer).toMatchObject({ code: 0, stderr: '' });
  const events = eventsOf(answer);
  expect(events[0]).toEqual({ type: 'run', run: 1, resumedAt: 0, steps: 100 });
  expect(events.at(-1)).toEqual({
    ...{ type: 'done', step: 100, reason: 'budget' },
    serving: { serves: true, reason: 'first', run: 1 },
  });
  const steps = events.filter(({ type }) => type === 'step');
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  for (const { charsPerSecond } of steps) expect(charsPerSecond).toBeGreaterThan(0);
  const figures = events.filter(({ type }) => type === 'evaluation');
  const best = Math.min(...figures.map(({ bitsPerCharacter }) => bitsPerCharacter ?? Number.NaN));

  expect(await json('runs')).toMatchObject([
    { id: 1, state: 'finished', corpus: 'own', best: { bitsPerCharacter: best } },
  ]);
  const [header = '', line = ''] = (await run('runs')).stdout.split('\n');
  expect(header).toMatch(/^RUN {2}STATE {5}CORPUS {2}NETWORK {6}BITS\/CHAR +AGE$/);
  expect(line).toMatch(
    new RegExp(`^  1  finished  own     LSTM 1 × 16 +${best.toFixed(3)} +\\d+ s$`),
  );
  expect(await json('show', '1')).toMatchObject({
    settings: { randomSeed: 3, steps: 100 },
    evaluations: figures.map(({ step, bitsPerCharacter }) => ({ step, bitsPerCharacter })),
    checkpoints: [{ kind: 'last', step: 100 }, { kind: 'best' }],
  });
  const { stdout: shown } = await run('show', '1');
  expect(shown).toMatch(/^random seed +3$/m);
  expect(shown).toMatch(/^run +1, started \d+ s ago$/m);
});

test('the command that `show` gives trains the same network again', async () => {
  const { run, json } = await trained();
  const shown = z.object({
    repeat: z.string(),
    network: z.unknown(),
    settings: z.unknown(),
    machine: z.looseObject({ version: z.string() }),
    best: figureForm,
  });
  const { repeat, ...first } = shown.parse(await json('show', '1'));
  const [program, ...words] = repeat.split(' ');
  expect(program).toBe('escriba');
  expect(await run(...words)).toMatchObject({ code: 0 });
  expect(shown.parse(await json('show', '2'))).toEqual({ ...first, repeat });
});

test('a run that began with the weights of another says so in a file and from there on, and then no command repeats it', async () => {
  const { directory, run, json } = await trained();
  const repeatOf = async (id: string) =>
    z.object({ repeat: z.string().nullable() }).parse(await json('show', id)).repeat;
  const through = async (id: string, name: string) => {
    const file = join(directory, name);
    await json('export', id, '--to', file);
    return String(z.object({ run: z.number() }).parse(await json('import', file)).run);
  };
  await run('train', 'own', '--from', '1', '--steps', '20', '--random-seed', '4');
  expect(await repeatOf('2')).toMatch(/^escriba train own --from 1 .*--random-seed 4 /);

  const imported = await through('2', 'further.safetensors');
  const again = await through(imported, 'again.safetensors');
  // Its first weights are gone with run 1.
  await run('delete', '1', '--yes');
  for (const id of ['2', imported, again]) {
    expect(await repeatOf(id), id).toBeNull();
    expect((await run('show', id)).stdout, id).toMatch(
      /^repeat +no command can: it began with the weights of a run that is not in this store$/m,
    );
  }
});

test('of a network whose file does not tell how it began, the settings are shown, and no promise that they repeat it', async () => {
  const { directory, run, json, file } = await trained();
  const saved = join(directory, 'saved.safetensors');
  await json('export', '1', '--to', saved);
  expect((await run('import', saved)).stdout).toMatch(
    /^Run 2: LSTM 1 × 16, embedding 8, which learned own\.\nTry it: `escriba write own --run 2`\.\nRun 2 is now the active run of own: \d\.\d{3} bits per character, no worse than before\.\n$/,
  );
  const { repeat } = z.object({ repeat: z.string() }).parse(await json('show', '1'));
  expect(await json('show', '2')).toMatchObject({ repeat });
  // As files were written before they told it.
  const told = ',\\"fromWeights\\":false';
  const bytes = readFileSync(saved, 'latin1');
  expect(bytes).toContain(told);
  const older = bytes.replace(told, ' '.repeat(told.length));
  await run('import', file('older.safetensors', Buffer.from(older, 'latin1')));
  expect(await json('show', '3')).toMatchObject({ repeat: null });
  const { stdout: shown } = await run('show', '3');
  expect(shown).not.toContain('chars/s');
  expect(shown).toContain(
    `settings      ${repeat} (as its file says, which does not tell what weights it began with)\n`,
  );
});

test('a text is written again by its random seed; what the network does not know is told', async () => {
  const { run, json } = await trained();
  const asked = [
    'write',
    'own',
    '--seed',
    'thé 漢 “scribe”',
    '--length',
    '60',
    '--random-seed',
    '5',
  ];
  const written = await run(...asked);
  expect(written.code).toBe(0);
  expect(written.stdout).toMatch(/^the {2}scribe[\s\S]{60}\n$/);
  expect(written.stderr).toContain('Replaced (not in the book): é -> e\n');
  expect(written.stderr).toContain("Skipped (not in the network's vocabulary): 漢, “, ”\n");
  expect(written.stderr).toMatch(/run 1, step \d+, [\d.]+ bits per character, random seed 5\n/);
  expect(await json(...asked)).toMatchObject({
    run: 1,
    randomSeed: 5,
    seed: 'the  scribe',
    text: written.stdout.slice('the  scribe'.length, -1),
    rewritten: [{ from: 'é', to: 'e' }],
    leftOut: ['漢', '“', '”'],
  });
  const fromNothing = await run(
    'write',
    'own',
    '--seed',
    '漢',
    '--length',
    '60',
    '--random-seed',
    '5',
  );
  expect(fromNothing.stdout).toBe((await run('write', 'own', ...asked.slice(4))).stdout);
  const other = await json('write', 'own', '--verses', '3');
  expect(other).not.toMatchObject({ randomSeed: 5 });
});

test('with --exact a text is drawn by the weights as they are, and else by their rounding', async () => {
  const { run, store } = await trained();
  const drawn = { temperature: 0.9, topP: 1, randomSeed: 5 };
  const rnn = await Rnn.load(1, { database: store });
  const pieces = await Array.fromAsync(rnn.generate({ ...drawn, characters: 3000 }));
  const text = `${pieces.join('')}\n`;
  await rnn.close();
  const words = ['write', 'own', '--temperature', '0.9', '--min-p', '0'];
  words.push('--random-seed', '5', '--length', '3000');
  expect((await run(...words, '--exact')).stdout).toBe(text);
  // Rounding is no faster elsewhere, and not done there.
  const isSame = (await run(...words)).stdout === text;
  expect(isSame).toBe(process.arch !== 'x64');
});

test('a text is scored character by character, and those unknown are counted apart', async () => {
  const { read } = await trained();
  const { stdout } = await read('thé reader 漢 slept 漢字', 'score', 'own', '--json');
  expect(await read('thé reader 漢 slept 漢字', 'score', 'own', '-', '--json')).toMatchObject({
    ...{ code: 0, stdout },
  });
  const { bitsPerCharacter, characters, tokens, rewritten, leftOut, leftOutCount } =
    scoreForm.parse(JSON.parse(stdout));
  expect(rewritten).toEqual([{ from: 'é', to: 'e' }]);
  expect(tokens.map(({ text }) => text).join('')).toBe('the reader  slept ');
  expect(characters).toBe(18);
  const sum = tokens.reduce((total, { bits }) => total + bits, 0);
  expect(bitsPerCharacter).toBeCloseTo(sum / characters, 9);
  expect({ leftOut, leftOutCount }).toEqual({ leftOut: ['漢', '字'], leftOutCount: 3 });
  for (const nothing of ['', '漢字']) {
    const answer = await read(nothing, 'score', 'own');
    expect(answer).toMatchObject({ code: 2, stdout: '' });
    expect(answer.stderr).toMatch(/^error: The text has no character that the network knows\.\n/);
  }
});

test('a long text is scored in little memory, and each of its characters is written as JSON', async () => {
  const { directory, store } = await trained();
  // Of 40 MB, a hundred bytes a character would be more.
  const { run, file } = newEscriba({
    ...{ ESCRIBA_DB: store, HOME: directory },
    NODE_OPTIONS: '--max-old-space-size=40',
  });
  const long = `${ownText.repeat(Math.ceil(400_000 / ownText.length)).slice(0, 400_000)}漢`;
  const { code, stdout } = await run('score', 'own', file('long.txt', long), '--json');
  expect(code).toBe(0);
  const { tokens, characters, leftOut } = scoreForm.parse(JSON.parse(stdout));
  expect(characters).toBe(400_000);
  expect(tokens.map(({ text }) => text).join('') === long.slice(0, -1)).toBe(true);
  expect(leftOut).toEqual(['漢']);
});

test('a network goes out to a file and in again: it is judged the same, and writes the same', async () => {
  const { directory, run, json, file } = await trained();
  const saved = join(directory, 'saved.safetensors');
  await json('export', '1', '--to', saved);
  expect(await json('import', saved)).toMatchObject({ run: 2, corpus: 'own' });
  const { best } = z.object({ best: figureForm }).parse(await json('show', '1'));
  for (const model of ['1', saved, '2']) {
    const judged = await json('evaluate', model);
    expect(judged).toMatchObject({ model, corpus: 'own', part: 'validation' });
    const { bitsPerCharacter } = figureForm.parse(judged);
    expect(bitsPerCharacter).toBeCloseTo(best.bitsPerCharacter, 6);
  }
  // A network is named by its run, by the newest run, or by its text, which run 2 writes for now.
  const writer = z.object({ run: z.number() });
  for (const named of ['2', 'latest', 'own']) {
    expect(await json('show', named), named).toMatchObject({ id: 2 });
    expect(writer.parse(await json('write', named, '-n', '1')), named).toEqual({ run: 2 });
  }
  expect(await json('evaluate', 'own')).toMatchObject({ model: 'own', corpus: 'own' });
  // A file keeps the weights, and not what a training goes on from.
  expect(await run('resume', '2', '--steps', '5')).toMatchObject({
    code: 1,
    stderr:
      'error: Run 2 was not trained here, so there is no state to resume from.\nStart a new run with its weights: `escriba train own --from 2`.\n',
  });
  const before = readFileSync(saved);
  expect(await run('export', 'latest', '--to', saved)).toMatchObject({
    ...{ code: 2, stdout: '' },
    stderr: `error: There is a file ${saved} already.\nName another, or replace it with --force.\n`,
  });
  expect(readFileSync(saved)).toEqual(before);
  expect(await json('export', 'latest', '--to', saved, '--force')).toMatchObject({ run: 2 });
  expect(await run('write', '2', '--run', '1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error: Run 1 learned own, not 2.'),
  });
  // What a file says it learned is not overruled, and what is typed must be there.
  for (const [words, complaint] of [
    [`import ${saved} --corpus bible`, `The network in ${saved} learned own, not bible.`],
    [`evaluate ${saved} --corpus bible`, `The network in ${saved} learned own, not bible.`],
  ] as const) {
    const refused = await run(...words.split(' '));
    expect(refused, words).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr, words).toContain(complaint);
  }
  const onTest = await json('evaluate', '1', '--part', 'test');
  expect(await json('evaluate', '2', '--part', 'test')).toEqual(
    Object.assign({}, onTest, { model: '2' }),
  );
  const write = (id: string) => run('write', 'own', '--run', id, '--random-seed', '1');
  expect((await write('2')).stdout).toBe((await write('1')).stdout);

  const half = file('half.safetensors', readFileSync(saved).subarray(0, 5000));
  const damaged = await run('import', half);
  expect(damaged).toMatchObject({ code: 2, stdout: '' });
  expect(damaged.stderr).toMatch(/^error: The safetensors file cannot be read: /);

  const step = join(directory, 'step.onnx');
  await json('export', '1', '--to', step);
  const session = await InferenceSession.create(step);
  expect(session.inputNames).toEqual(
    expect.arrayContaining(['ids', 'layer0.hidden', 'layer0.cell']),
  );
  await session.release();
});

test('a file or a run is not judged by another text than the one it learned', async () => {
  const { directory, run, file } = await trained();
  const saved = join(directory, 'saved.safetensors');
  await run('export', '1', '--to', saved);
  await run('import', saved);
  const changed = file('changed.txt', ownText.replace('a', 'o'));
  expect(await run('corpus', 'add', 'own', changed, '--replace')).toMatchObject({ code: 0 });
  const learners = { [saved]: 'the network in the file', 1: 'run 1', 2: 'run 2' };
  for (const [model, learner] of Object.entries(learners)) {
    const { code, stdout, stderr } = await run('evaluate', model);
    expect({ code, stdout }, model).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      `error: The text own is not the one that ${learner} learned.\nRestore that`,
    );
  }
});

test('models that come with the program are in a new store, until a better run, a choice or a deletion takes their place', async () => {
  const { directory, json } = await trained();
  const models = join(directory, 'shipped');
  mkdirSync(models);
  const file = join(models, 'own.safetensors');
  const exported = await json('export', '1', '--to', file, '--bits', '16', '--evaluate');
  const measured = z.object({
    heldOut: z.object({ validation: z.number(), test: z.number() }),
    logitsTimes: z.number().optional(),
  });
  const { heldOut } = measured.parse(exported);
  const calibrated = join(directory, 'calibrated.safetensors');
  const better = measured.parse(await json('export', '1', '--to', calibrated, '--calibrate'));
  expect(better.logitsTimes).not.toBe(1);
  expect(better.heldOut.validation).toBeLessThan(heldOut.validation);
  const { bitsPerCharacter } = await readNetworkFile(calibrated);
  expect(bitsPerCharacter).toBe(better.heldOut.validation);

  const other = newEscriba({ ESCRIBA_MODELS: models });
  const shipped = { id: 1, corpus: 'own', origin: 'shipped', state: 'finished' };
  expect(await other.json('runs')).toMatchObject([shipped]);
  const facts = z.object({ steps: z.number(), best: figureForm });
  const original = facts.parse(await json('show', '1'));
  expect(facts.parse(await other.json('show', '1'))).toEqual({
    steps: original.steps,
    best: { ...original.best, bitsPerCharacter: heldOut.validation },
  });
  await other.run('corpus', 'add', 'own', other.file('own.txt', ownText));
  for (const part of ['validation', 'test'] as const) {
    const judged = figureForm.parse(await other.json('evaluate', file, '--part', part));
    expect(judged.bitsPerCharacter).toBe(heldOut[part]);
  }

  const { stdout: told } = await other.run('train', 'own', ...tiny, '--steps', '20');
  expect(told).toMatch(
    /^Run 2 is not the active run of own: it has \d\.\d{3} bits per character, run 1 has \d\.\d{3} bits per character\. To use it anyway: `escriba serve 2`\.$/m,
  );
  const writer = z.object({ run: z.number() });
  expect(writer.parse(await other.json('write', 'own'))).toEqual({ run: 1 });
  expect(await other.json('serve', '2')).toMatchObject([{ corpus: 'own', choice: 2 }]);
  expect(writer.parse(await other.json('write', 'own'))).toEqual({ run: 2 });
  expect((await other.run('serve', 'own', '--auto')).stdout).toMatch(
    /^Run 1 is the active run of own: no other has a better figure on the same held-out text\.$/m,
  );
  const { stderr: hint } = await other.read('', 'write', 'owm');
  expect(hint).toBe('error: No network has learned "owm" yet.\nDid you mean own?\n');
  await other.run('delete', '2', '--yes');
  expect(writer.parse(await other.json('write', 'own'))).toEqual({ run: 1 });
  await other.run('delete', '1', '--yes');
  expect(await other.json('runs')).toEqual([]);

  writeFileSync(join(models, '._own.safetensors'), 'half a f');
  expect(await other.json('runs')).toEqual([]);
  const { checks } = z
    .object({ checks: z.array(z.object({ name: z.string(), found: z.string() })) })
    .parse(await other.json('doctor'));
  expect(checks.find(({ name }) => name === 'model file')?.found).toContain(
    `${join(models, '._own.safetensors')} is ignored: `,
  );
});

test('the second engine writes, scores and judges as the first does', async () => {
  const { directory, file, run, json } = await trained();
  const written = ['write', 'own', '--length', '60', '--random-seed', '5'];
  const scored = ['score', 'own', file('read.txt', 'the reader slept while Henrique read it')];
  const judged = ['evaluate', '1'];
  for (const words of [written, scored, judged]) {
    const answer = await run(...words, '--engine', 'tfjs');
    expect(answer).toMatchObject({ code: 1, stdout: '' });
    expect(answer.stderr).toContain('error: The tfjs engine needs @tensorflow/tfjs-node, ');
  }

  const modules = join(directory, 'node_modules');
  const library = join(modules, '@tensorflow', 'tfjs-node');
  mkdirSync(library, { recursive: true });
  const plain = createRequire(import.meta.url).resolve('@tensorflow/tfjs');
  writeFileSync(join(library, 'index.js'), `module.exports = require(${JSON.stringify(plain)});`);
  const second = newEscriba({ NODE_PATH: modules, ESCRIBA_DB: join(directory, 'escriba.db') });
  const withSecond = (...words: readonly string[]) => second.json(...words, '--engine', 'tfjs');

  expect(await withSecond(...written)).toEqual(await json(...written));
  const [found, expected] = [await withSecond(...scored), await json(...scored)].map(
    (each) => scoreForm.parse(each).tokens,
  );
  expect(found).toHaveLength(39);
  for (const [place, { bits }] of (expected ?? []).entries()) {
    expect(found?.[place]?.bits).toBeCloseTo(bits, 4);
  }
  const figure = figureForm.parse(await json(...judged));
  const again = figureForm.parse(await withSecond(...judged));
  expect(again.bitsPerCharacter).toBeCloseTo(figure.bitsPerCharacter, 5);
  // The same to the last bit would be the same engine.
  expect(again).not.toEqual(figure);
});

test('a network that learned the whole text is not judged by any part of it', async () => {
  const { run } = await trained();
  const words = ['train', 'own', ...tiny, '--steps', '20', '--hold-out', 'none', '--json'];
  expect(eventsOf(await run(...words)).filter(({ type }) => type === 'evaluation')).toEqual([]);
  const answer = await run('evaluate', '2');
  expect(answer).toMatchObject({ code: 2, stdout: '' });
  expect(answer.stderr).toMatch(/^error: It learned the whole text; nothing was held out\.\n/);
});

test('a run goes only when that is wanted, and a text leaves the runs that learned it', async () => {
  const { run, json } = await trained();
  for (const words of ['delete 1', 'corpus remove own']) {
    expect(await run(...words.split(' ')), words).toEqual({
      ...{ code: 2, signal: null, stdout: '' },
      stderr:
        'error: Not a terminal, so it cannot ask whether to delete.\nAdd --yes to delete without asking.\n',
    });
  }
  expect(await json('corpus', 'remove', 'own', '--yes')).toEqual({ name: 'own', runs: [1] });
  expect(await run('write', 'own', '--length', '5')).toMatchObject({ code: 0 });
  expect(await run('evaluate', '1')).toMatchObject({ code: 2 });
  expect(await json('delete', 'latest', '--yes')).toEqual({ run: 1, corpus: 'own', steps: 100 });
  expect(await json('runs')).toEqual([]);
});

test('doctor says what is fine and what is missing, and fails where something is wrong', async () => {
  const fine = await trained();
  const { checks } = doctorForm.parse(await fine.json('doctor'));
  const states = Object.fromEntries(checks.map(({ name, state }) => [name, state]));
  expect(states).toEqual({
    node: 'fine',
    threads: 'fine',
    'engine onnx': 'fine',
    'engine tfjs': 'missing',
    'engine torch': 'missing',
    'graphics card': expect.stringMatching(/^(fine|missing)$/),
    store: 'fine',
    'text bible': 'fine',
    'text plato': 'missing',
    'text dialogues': 'missing',
    'text own': 'fine',
    'model own': 'fine',
    'model bible': 'missing',
    'model plato': 'missing',
    'model dialogues': 'missing',
    token: 'missing',
  });

  const secret = `${btoa('123456789012345678')}.of.the-bot`;
  const broken = newEscriba({ DISCORD_TOKEN: secret });
  broken.file('escriba.db', 'no database '.repeat(100));
  const answer = await broken.run('doctor');
  expect(answer).toMatchObject({ code: 1 });
  expect(answer.stdout).toMatch(/^wrong +store +.* is not a SQLite database\.$/m);
  expect(answer.stdout).toMatch(
    /^unknown +token +DISCORD_TOKEN is set, and could not be checked\. Discord /m,
  );
  expect(answer.stdout).toMatch(/^fine +invitation +https:.*client_id=123456789012345678/m);
  expect(answer.stdout + answer.stderr).not.toContain(secret);
});

test('a network whose weights are no numbers, or are not all there, writes nothing, and doctor says so', async () => {
  const { run, store } = await trained();
  const damage = (sql: string) => {
    const database = new Database(store);
    database.prepare(sql).run();
    database.close();
  };
  const first = `WHERE part = 'weights' AND name = 'dense.b'`;
  damage(`UPDATE tensors SET data = CAST(X'000080ff' || substr(data, 5) AS BLOB) ${first}`);
  const infinite = 'Run 1 has a weight that is -Infinity: dense.b, at [0, 0].';
  for (const words of ['write own', 'score own', 'evaluate 1', 'export 1 --to a.safetensors']) {
    const { code, stdout, stderr } = await run(...words.split(' '));
    expect({ code, stdout }, words).toEqual({ code: 1, stdout: '' });
    expect(stderr, words).toContain(`error: ${infinite}\nUse another run`);
  }
  const { code, stdout } = await run('doctor');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^wrong +model own +Run 1 has a weight that is -Infinity: dense\.b, at \[0, 0\]\.$/m,
  );
  damage(`DELETE FROM tensors ${first}`);
  expect((await run('doctor')).stdout).toMatch(
    /^wrong +model own +Run 1 is damaged in the store: dense\.b should be \[\d+, 1\], and is missing\.$/m,
  );
});

test('several texts are written at once, from a seed that is piped in, up to a string, to a file', async () => {
  const { run, read, directory } = await trained();
  const words = ['write', 'own', '-n', '40', '--random-seed', '7'];
  const alone = await run(...words);
  const next = await run('write', 'own', '-n', '40', '--random-seed', '8');
  const two = await run(...words, '-c', '2', '--json');
  const texts = two.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(texts.map(({ seed, text }) => `${seed}${text}\n`)).toEqual([alone.stdout, next.stdout]);

  const piped = await read('scribe\n', ...words, '--seed', '-');
  const seedFile = join(directory, 'seed.txt');
  writeFileSync(seedFile, 'scribe\n');
  expect((await run(...words, '--seed-file', seedFile)).stdout).toBe(piped.stdout);
  expect(await run(...words, '--seed-file', seedFile, '--seed', 'x')).toMatchObject({ code: 2 });
  expect(piped.stdout).toBe((await run(...words, '-s', 'scribe')).stdout);
  const lines = await read('scribe\nscribe\n', ...words, '--interactive');
  expect(lines.stdout).toMatch(/^scribe/);
  expect(lines.stdout.startsWith(piped.stdout)).toBe(true);

  const whole = piped.stdout.trimEnd();
  const stop = whole.slice(20, 23);
  const ended = await run(...words, '-s', 'scribe', '--stop', stop, '-o', 'out.txt');
  expect(ended).toMatchObject({ code: 0, stdout: '' });
  const expected = `scribe${whole.slice('scribe'.length).split(stop)[0]}\n`;
  expect(readFileSync(join(directory, 'out.txt'), 'utf8')).toBe(expected);

  expect(await run(...words, '-c', '3', '-o', 'out.txt')).toMatchObject({
    ...{ code: 0, stdout: '' },
    stderr: expect.stringMatching(/^run 1, [^\n]*\nWritten to out\.txt\.\n$/),
  });
  expect(readFileSync(join(directory, 'out.txt'), 'utf8').startsWith(alone.stdout)).toBe(true);
});
