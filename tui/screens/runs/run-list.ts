import { networkNotation } from '../../../src/network/notation.ts';
import type { Run } from '../../../src/store/runs.ts';
import { stateName, titleOf } from '../run-words.ts';

/** The orders that runs can stand in. */
export const orders = ['newest first', 'best first', 'by text', 'largest first'] as const;
export type Order = (typeof orders)[number];

/** Runs that have every word of the filter somewhere, in an order; equals stay newest first. */
export function arrange(runs: readonly Run[], order: Order, filter: string): Run[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = runs.filter((run) => {
    const said = wordsOf(run);
    return words.every((word) => said.includes(word));
  });
  const newest = kept.toSorted((a, b) => b.id - a.id);
  switch (order) {
    case 'newest first':
      return newest;
    case 'best first':
      return newest.sort((a, b) => bestOf(a) - bestOf(b));
    case 'by text':
      return newest.sort((a, b) => titleOf(a.corpus).localeCompare(titleOf(b.corpus)));
    case 'largest first':
      return newest.sort((a, b) => b.parameters - a.parameters);
  }
}

/** The lowest validation figure; of a run without one, infinity. */
function bestOf({ best }: Run): number {
  return best?.bitsPerCharacter ?? Number.POSITIVE_INFINITY;
}

function wordsOf(run: Run): string {
  const { id, corpus, network, origin } = run;
  const embedding = network.embedding === 'one-hot' ? 'one-hot' : '';
  return [
    `run ${id}`,
    corpus,
    titleOf(corpus),
    networkNotation(network),
    stateName(run),
    origin,
    embedding,
  ]
    .join(' ')
    .toLowerCase();
}

/** Marks or unmarks; a fifth mark takes the place of the oldest. */
export function toggleMark(marked: readonly number[], id: number): number[] {
  return marked.includes(id) ? marked.filter((each) => each !== id) : [...marked, id].slice(-4);
}

/** The first of `count` rows to show so that a chosen one is among them, moved no further than needed. */
export function scrollTo(top: number, chosen: number, count: number, total: number): number {
  const least = Math.max(0, chosen - count + 1);
  const most = Math.min(chosen, Math.max(0, total - count));
  return Math.max(Math.min(least, Math.max(0, total - count)), Math.min(top, most));
}
