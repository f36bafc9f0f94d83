import { systemReason } from '../errors.ts';
import type { Cli } from './define-command.ts';

/** Within this many milliseconds a signal is the same one: npm passes on what the terminal has told everyone. */
const sameSignal = 1000;
/** What a program that Ctrl-C ended exits with, by custom. */
export const interrupted = 130;
const stopping = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does some work that can be asked to end early and keeps what it has: by Ctrl-C or SIGTERM, or when nobody reads its
 * output any more; an output that cannot be written does not stop it, nor does a terminal that is closed where the output
 * goes elsewhere (`nohup`). A second signal ends the process at once.
 *
 * @param told what is said when it is asked to
 */
export async function interruptible<Result>(
  { terminal, monotonic }: Cli,
  work: (signal: AbortSignal) => Promise<Result>,
  told = 'Stopping and saving a checkpoint.',
): Promise<Result> {
  const controller = new AbortController();
  let askedAt = 0;
  const onSignal = (name: NodeJS.Signals) => {
    // Node takes back what nohup had set: that this signal is ignored.
    if (name === 'SIGHUP' && !terminal.isShown) return;
    if (!controller.signal.aborted) {
      askedAt = monotonic();
      if (name === 'SIGINT') process.exitCode = interrupted;
      controller.abort();
      terminal.note(`${told} Press Ctrl-C again to quit immediately.`);
    } else if (monotonic() - askedAt > sameSignal) {
      terminal.endLive();
      // Left to the system: process.exit() would wait for the engine's threads, and break them.
      process.off(name, onSignal);
      process.kill(process.pid, name);
    }
  };
  const { whenReaderLeaves, whenOutputFails } = terminal;
  terminal.whenReaderLeaves = () => controller.abort();
  let isSaid = false;
  terminal.whenOutputFails = (error) => {
    if (!isSaid)
      terminal.note(`The output could not be written (${systemReason(error)}); work continues.`);
    isSaid = true;
  };
  for (const name of stopping) process.on(name, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of stopping) process.off(name, onSignal);
    terminal.whenReaderLeaves = whenReaderLeaves;
    terminal.whenOutputFails = whenOutputFails;
  }
}
