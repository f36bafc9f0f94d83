import { availableParallelism, cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { EscribaError } from '../src/errors.ts';

/** How much of a processor others may use while a speed is measured. */
export const tolerableLoad = 0.15;

export function describeMachine(): string {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${processor?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} processors, ${memory} GB`;
}

/** The seconds that the machine's processors, all together, have been busy since it started. */
export function processorSeconds(): number {
  return (
    cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) /
    1000
  );
}

/** @throws EscribaError if something works on the machine for a minute: the speeds would be of no worth. */
export async function requireQuiet(): Promise<void> {
  const load = await waitForQuiet();
  if (load <= tolerableLoad) return;
  throw new EscribaError(
    `Something else keeps ${load.toFixed(1)} of ${availableParallelism()} processors busy.`,
    'Wait until it ends, or measure all the same with --busy.',
  );
}

/** Waits, a minute at the most, until nothing works on the machine; gives how many processors were busy at last. */
export async function waitForQuiet(): Promise<number> {
  const seconds = 2;
  let load = 0;
  for (let look = 0; look < 30; look++) {
    const before = processorSeconds();
    await sleep(seconds * 1000);
    load = (processorSeconds() - before) / seconds;
    if (load <= tolerableLoad) break;
  }
  return load;
}
