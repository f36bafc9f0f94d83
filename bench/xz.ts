import { spawn } from 'node:child_process';
import { EscribaError } from '../src/errors.ts';

/** How many bytes a text has once `xz -9e` has compressed it. @throws EscribaError if that cannot be run. */
export async function xzSize(text: string): Promise<number> {
  const xz = spawn('xz', ['-9e', '--stdout'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) => {
    xz.once('error', reject);
    xz.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))));
  });
  xz.stdin.end(text);
  let bytes = 0;
  xz.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  try {
    await ended;
  } catch (cause) {
    throw new EscribaError(`xz could not compress: ${cause}.`, 'Install xz (package xz-utils).', {
      cause,
    });
  }
  return bytes;
}
