/** What a meeting's threads share. */
export interface MeetingPlace {
  readonly threads: number;
  /** How many have come, and how often all had. */
  readonly counts: Int32Array;
  /** The number each thread brings, [2, threads]: those of one sum may still be read while those of the next come in. */
  readonly numbers: Float64Array;
}

const come = 0;
const turn = 1;
const calledOff = -1;
const failure = 'another thread of the engine has failed';

export function meetingPlace(threads: number): MeetingPlace {
  return {
    threads,
    counts: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
    numbers: new Float64Array(new SharedArrayBuffer(2 * threads * Float64Array.BYTES_PER_ELEMENT)),
  };
}

/**
 * The sum of the numbers that all threads bring, added up in the same order by each; blocks until all have come. In
 * the midst of their work this is sooner done than messages come and go.
 *
 * @throws Error if one of them has failed
 */
export function sumOfAll(place: MeetingPlace, thread: number, number: number): number {
  const { threads, counts, numbers } = place;
  const before = Atomics.load(counts, turn);
  if (before === calledOff) throw new Error(failure);
  const first = (before % 2) * threads;
  numbers[first + thread] = number;
  if (Atomics.add(counts, come, 1) === threads - 1) {
    Atomics.store(counts, come, 0);
    Atomics.compareExchange(counts, turn, before, (before + 1) % 2 ** 30);
    Atomics.notify(counts, turn);
  } else Atomics.wait(counts, turn, before);
  if (Atomics.load(counts, turn) === calledOff) throw new Error(failure);
  return numbers.subarray(first, first + threads).reduce((sum, each) => sum + each);
}

/** Lets nobody wait any longer for a thread that has failed. */
export function callOff({ counts }: MeetingPlace): void {
  Atomics.store(counts, turn, calledOff);
  Atomics.notify(counts, turn);
}
