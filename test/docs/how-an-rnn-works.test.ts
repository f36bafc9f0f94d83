import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { cellFormulas, cellNames } from '../../src/network/cells/cells.ts';
import { planTraining } from '../../src/run/plan.ts';
import { trainRun } from '../../src/run/training-run.ts';
import { openStore } from '../../src/store/open.ts';
import { follow, tools, wish } from '../run/runs.ts';

const pages = ['how-an-rnn-works.md', 'how-an-rnn-works.pt-BR.md'].map((name) => {
  const path = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  const text = readFileSync(path, 'utf8');
  const pieces = Array.from(text.matchAll(/^```js\n(.*?)^```$/gms), ([, code = '']) => code);
  return { name, path, text, pieces };
});

const program = new URL('../../src/index.ts', import.meta.url).href;
let directory: string;
let database: string;

/** A small network that has read a little of the Bible. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'escriba-docs-'));
  database = join(directory, 'escriba.db');
  const store = openStore(database);
  const plan = await planTraining(
    store,
    onnxEngine,
    {
      ...{ ...wish, corpus: 'bible', heldOut: 'none', dropout: 0, budget: { steps: 30 } },
      ...{ batch: 16, unroll: 32, emaDecay: 0, tokenizer: { kind: 'char' } },
      network: { cell: 'lstm', embedding: 16, hidden: 32, layers: 2 },
    },
    Date.now(),
  );
  await follow(trainRun(tools(store), plan));
  store.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(pages)('$name', ({ name, path, text, pieces }) => {
  test('is a program that runs, and all that it asserts is true', async () => {
    const file = join(directory, `${name}.mjs`);
    writeFileSync(file, pieces.join('\n').replace(`'escriba-rnn'`, `'${program}'`));
    const { stdout } = await promisify(execFile)(process.execPath, [file], {
      env: { ...process.env, ESCRIBA_DB: database },
    });
    expect(stdout).toContain('layer0.cell');
    expect(stdout).toMatch(/^Henrique/m);
  });

  test.each(cellNames)('tells the formula of the %s cell as its file does', (cell) => {
    const block = ['```text', ...cellFormulas(cell), '```'].join('\n');
    expect(text).toContain(`src/network/cells/${cell}.ts)\n\n${block}`);
  });

  test('links to what is there', () => {
    const links = Array.from(text.matchAll(/\]\(([^)]+)\)/g), ([, link = '']) => link);
    expect(links).toContain('../src/network/cells/lstm.ts');
    expect(links.filter((link) => !existsSync(join(dirname(path), link)))).toEqual([]);
  });
});

test('both pages are the same program, but for its words', () => {
  const bare = (pieces: readonly string[]) =>
    pieces.map((code) =>
      code.replaceAll(/\/\/.*$/gm, '').replaceAll(/console\.log\([`'][^`',]*/g, ''),
    );
  const [first, second] = pages.map(({ pieces }) => bare(pieces));
  expect(first).toHaveLength(13);
  expect(second).toEqual(first);
});
