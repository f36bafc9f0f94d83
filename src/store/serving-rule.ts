/** What decides whether a run serves its corpus. */
export interface Candidate {
  readonly run: number;
  /** The validation figure of the checkpoint that it writes by; null where it was never measured. */
  readonly bitsPerCharacter: number | null;
  /** The SHA-256 of the text of that figure; null where it is not known, and then taken for any other. */
  readonly heldOutHash: string | null;
  /** Whether its training has ended as it should. */
  readonly ended: boolean;
}

/**
 * What a run is to the one that served before it came.
 * It takes over: `first` (there was none), `no-worse`, `measured` (the one before never was), `newest` (neither was).
 * It does not: `worse`, `unmeasured`, `other-text` (their figures are of different texts).
 */
export type Standing =
  | 'first'
  | 'no-worse'
  | 'measured'
  | 'newest'
  | 'worse'
  | 'unmeasured'
  | 'other-text';

/**
 * The rule of what serves a corpus: the newest run whose held-out bits per character, on the same held-out text, are no
 * worse than those of what served before it. One that was never measured serves only where nothing measured does; one
 * that is still in training has to be better.
 * @param candidates the oldest first
 * @returns the run that serves, and what each run is to the one before it
 */
export function applyRule<Run extends Candidate>(
  candidates: readonly Run[],
): { readonly serving: Run | undefined; readonly standings: ReadonlyMap<number, Standing> } {
  const standings = new Map<number, Standing>();
  let serving: Run | undefined;
  for (const next of candidates) {
    const standing = standingOf(next, serving);
    standings.set(next.run, standing);
    if (takesOver(standing)) serving = next;
  }
  return { serving, standings };
}

export function takesOver(standing: Standing): boolean {
  return ['first', 'no-worse', 'measured', 'newest'].includes(standing);
}

function standingOf(next: Candidate, serving: Candidate | undefined): Standing {
  if (!serving) return 'first';
  const [figure, limit] = [next.bitsPerCharacter, serving.bitsPerCharacter];
  if (figure === null) return limit === null && next.ended ? 'newest' : 'unmeasured';
  if (limit === null) return 'measured';
  if (!canCompare(next, serving)) return 'other-text';
  return figure < limit || (next.ended && figure === limit) ? 'no-worse' : 'worse';
}

function canCompare(one: Candidate, other: Candidate): boolean {
  const [first, second] = [one.heldOutHash, other.heldOutHash];
  return first === null || second === null || first === second;
}
