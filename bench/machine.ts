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

/** @throws EscribaError if something else works on the machine: what it would slow down is not worth measuring. */
export async function refuseBusyMachine(): Promise<void> {
  const seconds = 2;
  const before = processorSeconds();
  await sleep(seconds * 1000);
  const load = (processorSeconds() - before) / seconds;
  if (load <= tolerableLoad) return;
  throw new EscribaError(
    `Something else keeps ${load.toFixed(1)} of ${availableParallelism()} processors busy.`,
    'Wait until it ends, or measure all the same with --busy.',
  );
}
