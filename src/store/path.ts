import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * Where the store lies: what `ESCRIBA_DB` says, else `data/escriba.db` in a clone of the repository,
 * else the user's own data directory.
 * @param root the directory that holds the program's package.json
 */
export function databasePath(
  environment: { readonly ESCRIBA_DB?: string | undefined },
  root: string,
): string {
  if (environment.ESCRIBA_DB) return resolve(atHome(environment.ESCRIBA_DB));
  if (existsSync(join(root, '.git'))) return join(root, 'data', 'escriba.db');
  return join(envPaths('escriba', { suffix: '' }).data, 'escriba.db');
}

/** A path with a `~` at its beginning, which a shell leaves as it is within quotes, and in a file `.env`. */
export function atHome(path: string): string {
  return path.replace(/^~(?=$|[/\\])/, homedir());
}
