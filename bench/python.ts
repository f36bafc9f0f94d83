import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { EscribaError } from '../src/errors.ts';

/** What runs the peers: a Python that has PyTorch and NumPy. */
export interface Python {
  /** PyTorch's version. */
  readonly torch: string;
  /** Runs a script of `bench/peers` and returns the object it reports on its last line. */
  run<Schema extends z.ZodType>(
    script: string,
    options: Readonly<Record<string, string | number>>,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
}

const run = promisify(execFile);

/** The Python that ESCRIBA_PYTHON names, else `python3`; undefined, and said, if it has no PyTorch. */
export async function findPython(
  command = process.env.ESCRIBA_PYTHON ?? 'python3',
  say: (text: string) => void = (text) => void process.stderr.write(text),
): Promise<Python | undefined> {
  let torch: string;
  try {
    torch = (
      await run(command, ['-c', 'import numpy, torch; print(torch.__version__)'])
    ).stdout.trim();
  } catch {
    say(
      `${command} has no PyTorch, so the table goes without it. To get it:\n` +
        '  python3 -m venv .venv && .venv/bin/pip install torch numpy\n' +
        '  export ESCRIBA_PYTHON=.venv/bin/python\n',
    );
    return undefined;
  }
  return {
    torch,
    run: async (script, options, schema) => {
      const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
      const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
      try {
        const { stdout } = await run(command, [path, ...args]);
        return schema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
      } catch (cause) {
        throw new EscribaError(
          `The peer ${script} failed: ${cause instanceof Error ? cause.message : cause}.`,
          `Run it by itself: ${command} ${path} ${args.join(' ')}`,
          { cause },
        );
      }
    },
  };
}
