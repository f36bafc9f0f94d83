import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, extname } from 'node:path';
import { BadInput } from '../../../src/errors.ts';
import type { Run } from '../../../src/store/runs.ts';
import { typedPath } from '../../processes/typed-path.ts';

/**
 * A file for each run: in what was typed, `*` becomes the text and the number of the run.
 * @throws BadInput where no network can be written to one of them, or all would be the same
 */
export function exportFiles(
  typed: string,
  runs: readonly Pick<Run, 'id' | 'corpus'>[],
  home = homedir(),
): { run: number; path: string; exists: boolean }[] {
  if (runs.length > 1 && !typed.includes('*')) {
    throw new BadInput(
      `All ${runs.length} runs would go to ${typed.trim()}.`,
      'Type a * where each is to have its own name: *.safetensors.',
    );
  }
  return runs.map(({ id, corpus }) => ({
    run: id,
    ...exportFile(typed.replaceAll('*', `${corpus}-${id}`), home),
  }));
}

/**
 * The file that a person typed, whole: `~` is the home directory.
 * @returns it, and whether a file is there already
 * @throws BadInput where no network can be written there
 */
export function exportFile(typed: string, home = homedir()): { path: string; exists: boolean } {
  const name = typed.trim();
  const path = typedPath(typed, home);
  if (!['.safetensors', '.onnx'].includes(extname(path))) {
    throw new BadInput(
      `${name} does not end in .safetensors or .onnx.`,
      'Use .safetensors for PyTorch, .onnx for an ONNX runtime.',
    );
  }
  const exists = existsSync(path);
  if (exists && !statSync(path).isFile())
    throw new BadInput(`${name} is a directory.`, 'Choose another name.');
  if (!existsSync(dirname(path)))
    throw new BadInput(`There is no directory ${dirname(path)}.`, 'Create it, or choose another.');
  return { path, exists };
}
