import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, extname } from 'node:path';
import { BadInput } from '../../../src/errors.ts';
import { typedPath } from '../../processes/typed-path.ts';

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
