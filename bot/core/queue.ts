/** What a queue is like for who comes now. */
export interface Wait {
  /** How many are before them, those that are being worked on included. */
  readonly ahead: number;
  /** About how many seconds it takes until it is their turn. */
  readonly seconds: number;
}

/** Milliseconds that are looked back upon to tell how fast it goes. */
const window = 60_000;
/** What is known from before counts like so many milliseconds of it: the first answers of many all come at once, and late. */
const experience = 15_000;
/** Answers a second to begin with: what two processors give with the bundled networks. */
const usualRate = 15;

/** Those who wait for a network to compute. How long it takes is learned as it goes. */
export class Queue {
  readonly #now: () => number;
  #rate = usualRate;
  #waiting = 0;
  /** Since when it has not been empty. */
  #since = 0;
  /** When the latest were done. */
  #done: number[] = [];

  /** @param now - milliseconds from some moment on */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many wait, those that are being worked on included. */
  get length(): number {
    return this.#waiting;
  }

  wait(): Wait {
    return { ahead: this.#waiting, seconds: this.#waiting / this.#rateNow() };
  }

  /** Has a work counted until it is done. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting === 0) {
      this.#since = this.#now();
      this.#done = [];
    }
    this.#waiting++;
    try {
      return await work();
    } finally {
      this.#waiting--;
      const now = this.#now();
      this.#done = [...this.#done.filter((at) => at > now - window), now];
      // A minute in which there was always something to do tells how fast this machine is.
      if (now - this.#since >= window) this.#rate = this.#rateNow();
    }
  }

  /** Answers a second, with what is known from before. */
  #rateNow(): number {
    const now = this.#now();
    const seen = Math.min(window, now - this.#since);
    const done = this.#done.filter((at) => at > now - window).length;
    return ((this.#rate * experience) / 1000 + done) / ((experience + seen) / 1000);
  }
}
