import type { LogLine } from '../../../src/store/logs.ts';
import { blank, faint, type Line, line, quiet, span } from '../../drawing/line.ts';
import { escapeControl, wrap } from '../../drawing/text.ts';

/** The log of a training, its last line at the foot: as many of its lines as there is room for. */
export function logRows(
  log: readonly LogLine[],
  { width, height, now }: { readonly width: number; readonly height: number; readonly now: number },
): Line[] {
  const today = stampOf(now).slice(0, 10);
  const rows = log.slice(0, height).map(({ created, text }) => {
    const stamp = stampOf(created);
    const at = stamp.startsWith(today) ? stamp.slice(11) : stamp.slice(0, 16);
    return wrap(escapeControl(text), width - at.length - 2).map(
      (row, place): Line => [
        span(place === 0 ? at : ' '.repeat(at.length), faint),
        span(`  ${row}`),
      ],
    );
  });
  // Whole lines only, the newest of them wherever they are longer than the room.
  const fitting = rows.filter((_, place) => rows.slice(0, place + 1).flat().length < height);
  const lines = (fitting.length > 0 ? fitting : rows.slice(0, 1)).reverse().flat();
  return lines.length > 0
    ? [line('log', quiet), ...lines.slice(0, height - 1)]
    : [line('log', quiet), line('Nothing was logged for this run.', faint), blank];
}

/** `2026-11-29 07:41:02`, by the clock of this machine. */
function stampOf(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('sv');
}
