import type { PreparedPrompt } from '../../../src/text/prompt.ts';

/** Who wrote a text, and how. */
export interface WrittenBy {
  readonly corpus: string;
  readonly run: number;
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  readonly minP: number;
}

/** A text as far as it is written. */
export interface Written {
  readonly state: 'writing' | 'done' | 'failed';
  readonly by: WrittenBy;
  /** The seed as the network reads it. */
  readonly seed: string;
  readonly text: string;
  /** What became of the seed as it was typed, where that is to be said. */
  readonly note: string;
  readonly charsPerSecond: number;
  readonly randomSeed: number;
}

/** What of a seed was read otherwise than it was typed. */
export function promptNote({ rewritten, leftOut }: PreparedPrompt): string {
  const parts = [
    rewritten.length > 0
      ? `replaced (not in its vocabulary): ${rewritten.map(({ from, to }) => `${from} → ${to}`).join(', ')}`
      : '',
    leftOut.length > 0 ? `skipped (not in its vocabulary): ${leftOut.join(' ')}` : '',
  ];
  return parts.filter(Boolean).join('; ');
}
