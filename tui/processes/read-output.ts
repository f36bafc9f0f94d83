import type { ChildProcess } from 'node:child_process';

/** How a process ended, and all that it wrote; it may not have started at all. */
export type Output =
  | { readonly code: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly error: Error };

/** Reads what a process writes until it ends. */
export function readOutput(child: ChildProcess, onEnd: (output: Output) => void): void {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  child.once('error', (error) => onEnd({ error }));
  child.once('close', (code) => onEnd({ code, ...written }));
}
