import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newEscriba } from '../cli/escriba.ts';
import { ownText, tiny } from '../cli/own-text.ts';

const page = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');

/** The lines of a section of the page, up to the next heading of its level or above. */
function section(heading: string): string {
  const level = heading.indexOf(' ');
  const [, rest = ''] = page.split(`\n${heading}\n`);
  return rest.split(new RegExp(`\n#{2,${level}} `))[0] ?? '';
}

/** The fields in the first column of a section's table, and those that may be missing. */
function documented(heading: string) {
  const rows = section(heading)
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const fields = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => ({
      name,
      optional: /optional/.test(row),
    })),
  );
  return {
    all: fields.map(({ name }) => name),
    required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
  };
}

/** Every name of a field in some JSON, however deep. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) => [name, ...namesIn(each)]);
}

function expectDocumented(
  heading: string,
  printed: object,
  inherited: readonly string[] = [],
): void {
  const { all, required } = documented(heading);
  const names = Object.keys(printed).filter((name) => name !== 'type');
  expect(all.length, heading).toBeGreaterThan(0);
  expect(
    names.filter((name) => ![...all, ...inherited].includes(name)),
    heading,
  ).toEqual([]);
  expect(
    required.filter((name) => !names.includes(name)),
    heading,
  ).toEqual([]);
  const text = section(heading) + (inherited.length > 0 ? section('## `runs`') : '');
  expect(
    namesIn(printed).filter((name) => name !== 'type' && !text.includes(`\`${name}\``)),
    heading,
  ).toEqual([]);
}

test('docs/json.md has the fields that commands print, and no others', async () => {
  const { run, read, file, directory } = newEscriba();
  const text = file('own.txt', ownText);
  await run('corpus', 'add', 'own', text);
  const lines = (stdout: string): Record<string, unknown>[] =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const json = async (...words: readonly string[]) =>
    JSON.parse((await run(...words, '--json')).stdout);
  const trained = await run('train', 'own', ...tiny, '--steps', '12', '--json');
  for (const type of ['run', 'step', 'evaluation', 'checkpoint', 'sample', 'done']) {
    const event = lines(trained.stdout).find((each) => each.type === type);
    expectDocumented(`### \`${type}\``, event ?? {});
  }
  const watched = await run('watch', '1', '--json');
  expectDocumented('### `end`', lines(watched.stdout).at(-1) ?? {});
  const [listed] = await json('runs');
  expectDocumented('## `runs`', listed);
  expectDocumented('## `show`', await json('show', '1'), Object.keys(listed));
  expectDocumented('## `write`', await json('write', 'own', '-n', '5', '--seed', 'é漢'));
  const scored = await read('thé 漢 reader', 'score', 'own', '--json');
  expectDocumented('## `score`', JSON.parse(scored.stdout));
  expectDocumented('## `evaluate`', await json('evaluate', 'own'));
  const saved = `${directory}/own.safetensors`;
  expectDocumented('## `export`', await json('export', '1', '--to', saved, '--calibrate'));
  expectDocumented('## `import`', await json('import', saved));
  expectDocumented('## `serve`', (await json('serve'))[0]);
  for (const each of await json('corpus', 'list')) expectDocumented('## `corpus list`', each);
  expectDocumented('## `corpus show`', await json('corpus', 'show', 'own'));
  expectDocumented('## `doctor`', await json('doctor'));
  expectDocumented('## `delete`', await json('delete', '2', '--yes'));
});
