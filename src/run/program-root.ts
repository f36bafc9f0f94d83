import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The directory of the program's package.json, from here in `src` as well as from `dist`. */
export function programRoot(): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory);
  return directory;
}
