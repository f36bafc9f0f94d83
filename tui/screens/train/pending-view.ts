import { books } from '../../../data/books.ts';
import { cut, indent } from '../../drawing/layout.ts';
import { blank, bold, type Line, line, quiet, rubric, span } from '../../drawing/line.ts';
import { escapeControl, wrap } from '../../drawing/text.ts';
import type { PendingTraining, QueuedTraining } from '../../processes/trainings.ts';
import { middle } from '../../shell/frame.ts';

/** What is said of a training that was asked for and is not there yet, or did not come to be. */
export function pendingView({ what, failure }: PendingTraining, width: number): Line[] {
  if (failure === undefined) {
    return [[span(` Starting ${what}…`, bold), span('  a few seconds', quiet)], blank];
  }
  const said = wrap(escapeControl(failure), width - 4).slice(-6);
  return [
    line(` ✗ ${what} did not start.`, rubric, bold),
    ...indent(
      said.map((row) => line(row)),
      3,
    ),
    blank,
  ];
}

/** The trainings that wait for their turn. */
export function queuedLines(queued: readonly QueuedTraining[], width: number): Line[] {
  if (queued.length === 0) return [];
  const all = queued.map(({ what }) => what).join(', ');
  return [cut([span(` Queued: ${all}.`), span(' u takes the last one out.', quiet)], width)];
}

/** What can be done first where nothing was trained. */
export function emptyView(width: number, height: number): Line[] {
  return middle(
    [
      line('Nothing has been trained yet.', bold),
      blank,
      [
        span('Enter', bold),
        span(`  trains a small network on ${books[0].titlesInSentence.en} for a minute:`, quiet),
      ],
      line('       watch it learn to spell, and then to sound like its book.', quiet),
      [span('n', bold), span('      sets up a training of your own.', quiet)],
      [span('?', bold), span('      shows every key.', quiet)],
    ],
    width,
    height,
  );
}
