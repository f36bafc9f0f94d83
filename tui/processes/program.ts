import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Notice } from '../shell/shell.ts';
import { readOutput } from './read-output.ts';

/** The file of the program `escriba`, as this file is: compiled, or not. */
const program = fileURLToPath(
  new URL(`../../src/cli/main${extname(import.meta.url)}`, import.meta.url),
);

/** Runs a command of the program beside this process, on the same store; it goes on when this one ends. */
export function runDetached(
  command: readonly string[],
  { store, stdio }: { readonly store: string; readonly stdio: StdioOptions },
): ChildProcess {
  const child = spawn(process.execPath, [program, ...command], {
    detached: true,
    stdio,
    env: { ...process.env, ESCRIBA_DB: store },
  });
  child.unref();
  return child;
}

/** Runs a command of the program under this process: what it reads and says goes through pipes, and it ends with it. */
export function runCommand(command: readonly string[], store: string): ChildProcess {
  return spawn(process.execPath, [program, ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ESCRIBA_DB: store, NO_COLOR: '1' },
  });
}

/**
 * Runs a command that soon ends.
 * @param onEnd told how it did
 * @param onNote told each line that it says meanwhile
 */
export function runOnce(
  command: readonly string[],
  store: string,
  {
    onEnd,
    onNote,
  }: {
    readonly onEnd: (outcome: Notice) => void;
    readonly onNote?: (line: string) => void;
  },
): ChildProcess {
  const child = runCommand(command, store);
  child.stderr?.on('data', (text: string) => {
    const last = text.trimEnd().split('\n').at(-1);
    if (last) onNote?.(last);
  });
  readOutput(child, (output) => {
    if ('error' in output) onEnd({ kind: 'failed', text: output.error.message });
    else if (output.code === 0) onEnd({ kind: 'done', text: output.stdout.trim() || 'Done.' });
    else {
      const { stderr, code } = output;
      // What it said before is how far it was.
      const error = stderr.slice(Math.max(0, stderr.lastIndexOf('error:'))).trim();
      onEnd({ kind: 'failed', text: error || `It ended with exit code ${code}.` });
    }
  });
  return child;
}
