import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { EscribaError } from '../src/errors.ts';

const run = promisify(execFile);

/**
 * Runs a program and reads the JSON object that is the last line it writes.
 *
 * @throws EscribaError if it fails or that object does not fit the schema.
 */
export async function reportOf<Schema extends z.ZodType>(
  command: string,
  args: readonly string[],
  schema: Schema,
): Promise<z.infer<Schema>> {
  try {
    const { stdout } = await run(command, args);
    return schema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } catch (cause) {
    throw new EscribaError(
      `A contender failed: ${cause instanceof Error ? cause.message : cause}.`,
      `Run it by itself: ${[command, ...args].map((word) => `'${word}'`).join(' ')}`,
      { cause },
    );
  }
}
