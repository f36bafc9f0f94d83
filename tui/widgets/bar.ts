import { type Line, rule, type Style, span } from '../drawing/line.ts';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar as long as a share of `width`, to an eighth of a character. */
export function bar(share: number, width: number, style: Style): Line {
  const length = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const text = '█'.repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? '');
  return [span(text, style), span(' '.repeat(width - text.length))];
}

/** How far something is: a thick line on a thin one. */
export function progressLine(share: number, width: number, style: Style): Line {
  const done = Math.round(Math.max(0, Math.min(1, share)) * width);
  return [span('━'.repeat(done), style), span('─'.repeat(width - done), rule)];
}
