import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';

const packedSchema = z.object({
  name: z.string(),
  unpackedSize: z.number(),
  files: z.array(z.object({ path: z.string() })),
});

const lockSchema = z.object({ packages: z.record(z.string(), z.unknown()) });

/** What `npm pack` says that it would pack: npm 11 a list, later ones by name. */
function packed(): z.infer<typeof packedSchema> {
  const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const [first] = Object.values(z.record(z.string(), z.unknown()).parse({ ...JSON.parse(answer) }));
  return packedSchema.parse(first);
}

test('the package has what runs, and nothing that only a clone needs', () => {
  const { name, files, unpackedSize } = packed();
  const paths = files.map(({ path }) => path);
  // On npm "escriba" is something else.
  expect(name).toBe('escriba-rnn');
  expect(paths).toEqual(
    expect.arrayContaining([
      'README.md',
      'LICENSE',
      '.env.example',
      'data/models/bible-characters.safetensors',
      'data/models/bible-3.safetensors',
      'data/models/plato-4.safetensors',
      'dist/src/cli/main.js',
      'dist/src/index.js',
      'dist/src/index.d.ts',
      'dist/src/engine/onnx/worker.js',
      'dist/src/engine/torch/escriba_torch.py',
      'dist/src/sample/service/thread.js',
      'dist/tui/screens/inside/stepping-thread.js',
      'docs/how-an-rnn-works.md',
      'scripts/prune.js',
    ]),
  );
  expect(
    paths.filter((path) =>
      /^(test|bench|src|bot|tui)\/|\.db|\.svg$|\.tsx?$/.test(path.replace(/\.d\.ts$/, '')),
    ),
  ).toEqual([]);
  expect(unpackedSize).toBeLessThan(30e6);
});

test('no library is compiled by an npm that does not know allowScripts, from before 11.16', () => {
  const { packages } = lockSchema.parse(
    JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')),
  );
  // npm drops the word from a lock file that it writes anew, and with it runs node-gyp on what brings its binaries.
  expect(packages['node_modules/better-sqlite3']).toMatchObject({ gypfile: false });
});
