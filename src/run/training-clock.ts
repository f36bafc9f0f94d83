import type { StepEvent } from '../train/events.ts';

/** Tells how fast a training goes and how long it still takes. Times are in milliseconds, results in seconds. */
export class TrainingClock {
  readonly #before: number;
  #since: number;
  #counted = 0;
  #stepAt: number;
  #steps = 0;
  #rate = 0;
  /** Where the training stands. */
  latest: { readonly passes: number; readonly elapsed: number };

  /** @param before where earlier processes left it */
  constructor(now: number, before: { readonly passes: number; readonly elapsed: number }) {
    this.#before = before.elapsed;
    this.latest = before;
    this.#since = now;
    this.#stepAt = now;
  }

  step(
    event: StepEvent,
    now: number,
    budget: number,
  ): { elapsed: number; charsPerSecond: number; secondsLeft: number } {
    const here = this.#counted + (now - this.#since) / 1000;
    const seconds = Math.max(1e-3, (now - this.#stepAt) / 1000);
    this.#stepAt = now;
    this.#steps++;
    // The speed of about the last two seconds; the first step counts for all.
    const weight = this.#steps === 1 ? 1 : Math.min(1, seconds / 2);
    this.#rate += weight * (event.characters / seconds - this.#rate);
    this.latest = { passes: event.passes, elapsed: this.#before + here };
    return {
      elapsed: this.latest.elapsed,
      charsPerSecond: this.#rate,
      secondsLeft: (here / this.#steps) * (budget - event.step),
    };
  }

  /** After something other than a step, which does not count as that step's time. */
  skip(now: number): void {
    this.#stepAt = now;
  }

  /** After a wait, which does not count at all. */
  goOn(now: number): void {
    this.#counted += Math.max(0, (this.#stepAt - this.#since) / 1000);
    this.#since = now;
    this.#stepAt = now;
  }
}
