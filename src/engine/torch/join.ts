import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { systemReason } from '../../errors.ts';
import { failureOf } from './failure.ts';
import { environmentOf, type Placement, wordsToStart } from './launch.ts';
import { noPytorch, pythonCommand } from './python.ts';

/**
 * Computes for a training of another machine until that ends.
 *
 * @param threads processors to compute with
 * @param signal aborted, it leaves the training, which then fails
 * @throws EscribaError where there is no PyTorch, the other machine is not found, or the training fails
 */
export async function joinTraining(
  placement: Placement,
  threads: number,
  signal: AbortSignal,
): Promise<void> {
  const python = pythonCommand();
  const child = spawn(python, wordsToStart(placement, 'joins'), {
    // Its processes end when this pipe closes, however this one ends.
    stdio: ['pipe', 'ignore', 'pipe'],
    env: environmentOf(threads, placement, 'joins'),
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    said = (said + words).slice(-20_000);
  });
  const failed = once(child, 'error').then(([error]) => {
    throw noPytorch(python, `could not be run: ${systemReason(error)}`, error);
  });
  const leave = () => child.kill();
  signal.addEventListener('abort', leave);
  const [code, killedBy] = await Promise.race([once(child, 'close'), failed]);
  signal.removeEventListener('abort', leave);
  if (code !== 0 && !signal.aborted) throw failureOf(python, { code, signal: killedBy, said });
}
