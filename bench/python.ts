import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { reportOf } from './process.ts';

const run = promisify(execFile);

/** What runs the peers: a Python that has PyTorch and NumPy. */
export interface Python {
  /** PyTorch's version. */
  readonly torch: string;
  /** Runs a script of `bench/peers` with these options and returns what it reports. */
  run<Schema extends z.ZodType>(
    script: string,
    options: Readonly<Record<string, string | number>>,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
}

/** The Python that ESCRIBA_PYTHON names, else `python3`; undefined, and said, if it has no PyTorch. */
export async function findPython(
  command = process.env.ESCRIBA_PYTHON ?? 'python3',
  say: (text: string) => void = (text) => void process.stderr.write(text),
): Promise<Python | undefined> {
  let found: { stdout: string };
  try {
    found = await run(command, ['-c', 'import numpy, torch; print(torch.__version__)']);
  } catch {
    say(
      `${command} has no PyTorch, so the table goes without it. To get it:\n` +
        '  python3 -m venv .venv && .venv/bin/pip install torch numpy\n' +
        '  export ESCRIBA_PYTHON=.venv/bin/python\n',
    );
    return undefined;
  }
  return {
    torch: found.stdout.trim(),
    run: (script, options, schema) => {
      const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
      const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
      return reportOf(command, [path, ...given], schema);
    },
  };
}
