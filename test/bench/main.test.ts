import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs `npm run bench -- ...`. */
function bench(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['bench/main.ts', ...args], (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

test('the help names every bench and its options', async () => {
  const { code, out } = await bench('--help');
  expect(code).toBe(0);
  for (const name of ['train', 'sample', 'quality', 'bot'])
    expect(out).toContain(`-- ${name} [options]`);
  expect((await bench('quality', '--help')).out).toMatch(
    /--plato FILE .*\n.*--only WORDS .*\n.*--json/,
  );
});

test.each([
  { args: ['typing'], message: 'There is no bench "typing".' },
  { args: ['train', '--loud'], message: "Unknown option '--loud'" },
  { args: ['train', '--rounds', 'many'], message: '--rounds cannot be many' },
  { args: ['train', '--engine', 'abacus'], message: 'there are onnx, tfjs, torch' },
  { args: ['train', '--only', 'tiny'], message: 'No work is named "tiny".' },
])('a wrong call is refused: $args', async ({ args, message }) => {
  const { code, out, err } = await bench(...args);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(message);
});

test('without the package of the second engine it says how to get it', async () => {
  const { code, out, err } = await bench('train', '--engine', 'tfjs');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('npm i @tensorflow/tfjs-node');
  expect((await bench('train', '--help')).out).toContain('sh bench/tfjs-node-setup.sh FOLDER');
});
