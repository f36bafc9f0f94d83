import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { programRoot } from './program-root.ts';

/** The version of this program, as its package.json says it. */
export function versionHere(): string {
  const text = readFileSync(join(programRoot(), 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
