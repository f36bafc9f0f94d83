/**
 * Held-out text is scored in lanes side by side. Lane r of R scores the characters ⌊r·n/R⌋ to ⌊(r+1)·n/R⌋ - 1 of
 * n, and each character is predicted from those before it in the stream "newline, then the text". A lane reads,
 * unscored, the 256 characters of the stream before its first (near the start, all there are). Every lane begins
 * at the first window with a hidden state of zero, and the hidden state is carried from window to window; a lane
 * that ends before the others is filled up with newlines that are not scored.
 */
export interface ScoringLanes {
  /** R, the same for any text: of a text with fewer characters, some lanes score nothing. */
  readonly lanes: number;
  /** T: characters of a lane in a window. */
  readonly unroll: number;
  /** Characters that a lane reads before its first scored one. */
  readonly prime: number;
}

/** Time-major: row t of lane r is at t·R + r. */
export interface ScoringWindow {
  /** [T·R] */
  readonly inputs: Int32Array;
  /** [T·R], the character after each input. */
  readonly targets: Int32Array;
  /** [T·R], 1 where the target counts, else 0. Over all windows each character of the text counts once. */
  readonly weights: Float32Array;
}

/** The lanes in which every held-out figure is measured, in windows of T characters. */
export function evaluationLanes(unroll: number): ScoringLanes {
  return { lanes: 64, unroll, prime: 256 };
}

/** The windows in which a text is scored, in order; none for an empty text. */
export function* scoringWindows(
  ids: ArrayLike<number>,
  newlineId: number,
  shape: ScoringLanes,
): Generator<ScoringWindow, void, undefined> {
  const { lanes, unroll, prime } = shape;
  const firstScored = (lane: number): number => Math.floor((lane * ids.length) / lanes);
  // The newline before the text is at -1, and the input before target p at p - 1.
  const firstTarget = (lane: number): number => Math.max(0, firstScored(lane) - prime + 1);
  let longest = 0;
  for (let lane = 0; lane < lanes; lane++) {
    longest = Math.max(longest, firstScored(lane + 1) - firstTarget(lane));
  }
  for (let start = 0; start < longest; start += unroll) {
    const inputs = new Int32Array(unroll * lanes).fill(newlineId); // [T·R]
    const targets = new Int32Array(unroll * lanes).fill(newlineId); // [T·R]
    const weights = new Float32Array(unroll * lanes); // [T·R]
    for (let lane = 0; lane < lanes; lane++) {
      const first = firstTarget(lane) + start;
      const end = Math.min(first + unroll, firstScored(lane + 1));
      for (let target = first; target < end; target++) {
        const row = (target - first) * lanes + lane;
        inputs[row] = ids[target - 1] ?? newlineId;
        targets[row] = ids[target] ?? newlineId;
        weights[row] = target >= firstScored(lane) ? 1 : 0;
      }
    }
    yield { inputs, targets, weights };
  }
}
