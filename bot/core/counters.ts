/** Answers whose times are kept. */
const keptAnswers = 100;

/** What the bot's process has done since it began. */
export class Counters {
  requests = 0;
  cooldowns = 0;
  /** Those that were turned away because too many were waiting. */
  turnedAway = 0;
  texts = 0;
  posts = 0;
  failures = 0;
  /** How long the latest answers took, in milliseconds; null before the first. */
  delays: { readonly middle: number; readonly longest: number } | null = null;
  readonly #times: number[] = [];

  /** Counts an answer and the milliseconds that it took. */
  answered(milliseconds: number): void {
    this.#times.push(Math.round(milliseconds));
    if (this.#times.length > keptAnswers) this.#times.shift();
    const sorted = this.#times.toSorted((a, b) => a - b);
    this.delays = { middle: sorted[sorted.length >> 1] ?? 0, longest: sorted.at(-1) ?? 0 };
  }
}
