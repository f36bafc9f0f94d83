import { bookNamed, titleOfCorpus } from '../../data/books.ts';
import type { Run } from '../../src/store/runs.ts';
import type { PassageKind } from '../../src/text/corpus.ts';
import {
  faint,
  gold,
  type Line,
  quiet,
  rubric,
  type Span,
  span,
  verdigris,
} from '../drawing/line.ts';
import { bits, percent } from '../drawing/numbers.ts';
import { escapeControl, sentence } from '../drawing/text.ts';
import type { Notice } from '../shell/shell.ts';

/** How a text is called: `King James Bible`, or as its owner named it. */
export function titleOf(corpus: string): string {
  return titleOfCorpus(corpus);
}

/** `run 3`, and what a person calls it. */
export function runWords({ id, name }: Pick<Run, 'id' | 'name'>): string {
  return name === null ? `run ${id}` : `run ${id} “${escapeControl(name)}”`;
}

/** What its passages are: those of one's own texts are paragraphs. */
export function passageKindOf(corpus: string): PassageKind {
  return bookNamed(corpus)?.passage.kind ?? 'paragraph';
}

/** How much of a run's steps are done, from 0 to 1; of one trained elsewhere, 1. */
export function shareDone(run: Run): number {
  return run.settings ? Math.min(1, run.steps / run.settings.steps) : 1;
}

const stateSigns = {
  running: span('●', verdigris),
  paused: span('‖', gold),
  finished: span('✓', quiet),
  stopped: span('■', quiet),
  failed: span('✗', rubric),
  died: span('†', rubric),
} as const satisfies Record<Run['state'], Span>;

const stateNames = {
  running: 'training',
  paused: 'paused',
  finished: 'finished',
  stopped: 'stopped',
  failed: 'failed',
  died: 'died',
} as const satisfies Record<Run['state'], string>;

export function stateSign(run: Run): Span {
  return stateSigns[run.state];
}

const originNames = { shipped: 'bundled', imported: 'imported' } as const;

export function stateName({ origin, state }: Run): string {
  return origin === 'trained' || state !== 'finished' ? stateNames[state] : originNames[origin];
}

/** Where a network comes from that was not trained here. */
export function cameFrom({ origin }: Run): string | undefined {
  return {
    trained: undefined,
    shipped: 'This network is bundled with Escriba.',
    imported: 'This network was imported from a file.',
  }[origin];
}

/** What is said of a run when it ends. */
export function endedNotice(run: Run): Notice {
  const { id, state, reason, best } = run;
  const figure = best ? ` Best: ${bits(best.bitsPerCharacter)} bits per character.` : '';
  const text = {
    running: `Run ${id} is training.`,
    paused: `Run ${id} is paused.`,
    finished: `Run ${id} has finished.${figure}`,
    stopped: `Run ${id} has stopped.${figure}`,
    failed: `Run ${id} failed: ${sentence(reason ?? 'it did not say why')}`,
    died: `Run ${id} died: its process is gone.`,
  }[state];
  return { kind: state === 'failed' || state === 'died' ? 'failed' : 'done', text };
}

/** What the head of every page says of the trainings under way. */
export function liveWords(live: readonly Run[]): Line {
  const [run, second] = live;
  if (!run) return [];
  const one = [stateSign(run), span(` run ${run.id}  `), span(percent(shareDone(run)), quiet)];
  return second ? [...one, span(`  and ${live.length - 1} more`, faint)] : one;
}
