/** What threads that wait for each other share. */
export interface Barrier {
  readonly threads: number;
  /** How many have arrived, and how often all had. */
  readonly counts: Int32Array;
  /** Each thread's number, [2, threads]: those of one sum may still be read while those of the next come in. */
  readonly numbers: Float64Array;
}

const arrived = 0;
const round = 1;
const aborted = -1;

/** What threads are told whose barrier was aborted: that another failed, not how. */
export const abortedMessage = 'another thread of the engine has failed';

export function newBarrier(threads: number): Barrier {
  return {
    threads,
    counts: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
    numbers: new Float64Array(new SharedArrayBuffer(2 * threads * Float64Array.BYTES_PER_ELEMENT)),
  };
}

/**
 * The sum of the numbers of all threads, added up in the same order by each; blocks until all have arrived, which is
 * sooner done than messages come and go.
 *
 * @throws Error with `abortedMessage` if one of them has failed
 */
export function allReduceSum(barrier: Barrier, thread: number, number: number): number {
  const { threads, counts, numbers } = barrier;
  const before = Atomics.load(counts, round);
  if (before === aborted) throw new Error(abortedMessage);
  const first = (before % 2) * threads;
  numbers[first + thread] = number;
  if (Atomics.add(counts, arrived, 1) === threads - 1) {
    Atomics.store(counts, arrived, 0);
    Atomics.compareExchange(counts, round, before, (before + 1) % 2 ** 30);
    Atomics.notify(counts, round);
  } else Atomics.wait(counts, round, before);
  if (Atomics.load(counts, round) === aborted) throw new Error(abortedMessage);
  return numbers.subarray(first, first + threads).reduce((sum, each) => sum + each);
}

/** Ends all waiting, now and from now on: a thread has failed. */
export function abort({ counts }: Barrier): void {
  Atomics.store(counts, round, aborted);
  Atomics.notify(counts, round);
}
