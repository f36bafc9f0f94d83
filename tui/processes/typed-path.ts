import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** The whole path of a file as a person typed it: `~` is the home directory. */
export function typedPath(typed: string, home = homedir()): string {
  return resolve(typed.trim().replace(/^~(?=$|[/\\])/, home));
}
