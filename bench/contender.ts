import { z } from 'zod';
import { processorSeconds, tolerableLoad, waitForQuiet } from './machine.ts';
import { median } from './median.ts';

/** One that does the work, on a number of threads. */
export interface Contender<Work> {
  readonly name: string;
  readonly threads: number;
  /** Does the work once, in a process of its own. */
  measure(work: Work): Promise<Measurement>;
}

/** What a contender's process reports. */
export const measurement = z.object({
  tokensPerSecond: z.number(),
  /** The most memory the process ever held, in bytes; null where the system does not say. */
  peakMemory: z.number().nullable(),
  /** What the process took of all processors together, in seconds. */
  processorSeconds: z.number(),
});

export type Measurement = z.infer<typeof measurement>;

interface Run extends Measurement {
  /** How many processors were busy with anything else meanwhile. */
  readonly otherLoad: number;
}

/** What all runs of one contender on one work come to. */
export interface Result {
  readonly name: string;
  readonly threads: number;
  /** The median of the rounds. */
  readonly tokensPerSecond: number;
  /** The largest of the rounds. */
  readonly peakMemory: number | null;
  /** The largest of the rounds. */
  readonly otherLoad: number;
  /** Each round's speed. */
  readonly rounds: readonly number[];
}

/**
 * Lets the contenders work in turn, round after round, so that what changes on the machine meets them all.
 *
 * @param repeats how often a run is tried again that something else on the machine disturbed; the calmest counts
 */
export async function inTurn<Work>(
  contenders: readonly Contender<Work>[],
  work: Work,
  { rounds, repeats }: { readonly rounds: number; readonly repeats: number },
  onRun: (contender: Contender<Work>, run: Run) => void,
): Promise<readonly Result[]> {
  const runs = contenders.map((contender) => {
    const done: Run[] = [];
    return { contender, done };
  });
  for (let round = 0; round < rounds; round++) {
    for (const { contender, done } of runs) {
      const run = await runCalmly(contender, work, repeats);
      done.push(run);
      onRun(contender, run);
    }
  }
  return runs.map(({ contender: { name, threads }, done }) => {
    const speeds = done.map((run) => run.tokensPerSecond);
    const memory = done.flatMap((run) => run.peakMemory ?? []);
    return {
      name,
      threads,
      tokensPerSecond: median(speeds),
      peakMemory: memory.length === 0 ? null : Math.max(...memory),
      otherLoad: Math.max(...done.map((run) => run.otherLoad)),
      rounds: speeds,
    };
  });
}

/** Of each contender the thread count it is fastest with, in the order of the contenders. */
export function bestThreads<R extends Result>(results: readonly R[]): readonly R[] {
  return [...Map.groupBy(results, (result) => result.name).values()].map((counts) =>
    counts.reduce((best, one) => (one.tokensPerSecond > best.tokensPerSecond ? one : best)),
  );
}

async function runCalmly<Work>(
  contender: Contender<Work>,
  work: Work,
  repeats: number,
): Promise<Run> {
  let calmest = await runOnce(contender, work);
  for (let again = 0; again < repeats && calmest.otherLoad > tolerableLoad; again++) {
    await waitForQuiet();
    const run = await runOnce(contender, work);
    if (run.otherLoad < calmest.otherLoad) calmest = run;
  }
  return calmest;
}

async function runOnce<Work>(contender: Contender<Work>, work: Work): Promise<Run> {
  const busyBefore = processorSeconds();
  const begin = performance.now();
  const measured = await contender.measure(work);
  const seconds = (performance.now() - begin) / 1000;
  const others = processorSeconds() - busyBefore - measured.processorSeconds;
  return { ...measured, otherLoad: Math.max(0, others / seconds) };
}
