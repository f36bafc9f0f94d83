import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { cellFormulas, cellNames } from '../../src/network/cells/cells.ts';

const pages = ['how-an-rnn-works.md', 'how-an-rnn-works.pt-BR.md'].map((name) => {
  const path = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  const text = readFileSync(path, 'utf8');
  const pieces = Array.from(text.matchAll(/^```js\n(.*?)^```$/gms), ([, code = '']) => code);
  return { name, path, text, pieces };
});

const program = new URL('../../src/index.ts', import.meta.url).href;
const directory = mkdtempSync(join(tmpdir(), 'escriba-docs-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(pages)('$name', ({ name, path, text, pieces }) => {
  test('is a program that runs, and all that it asserts is true', async () => {
    const file = join(directory, `${name}.mjs`);
    writeFileSync(file, pieces.join('\n').replace(`'escriba-rnn'`, `'${program}'`));
    const { stdout } = await promisify(execFile)(process.execPath, [file], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, ESCRIBA_DB: join(directory, 'escriba.db') },
    });
    expect(stdout).toMatch(/^In the beginnin... g$/m);
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
    const chapters = Array.from(
      text.matchAll(/^## (.*)$/gm),
      ([, title = '']) => `#${title.toLowerCase().replaceAll(' ', '-')}`,
    );
    const isThere = (link: string) =>
      link.startsWith('#') ? chapters.includes(link) : existsSync(join(dirname(path), link));
    expect(links.filter((link) => !isThere(link))).toEqual([]);
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
