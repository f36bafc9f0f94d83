import { blank, type Line, type Span, span } from './line.ts';
import { takeColumns, widthOf } from './width.ts';

export function lineWidth(row: Line): number {
  return row.reduce((width, { text }) => width + widthOf(text), 0);
}

/** The row in exactly so many columns: filled up with spaces, or cut with an ellipsis. */
export function inWidth(row: Line, width: number): Line {
  const own = lineWidth(row);
  if (own === width) return row;
  if (own < width) return [...row, span(' '.repeat(width - own))];
  return inWidth(cut(row, width), width);
}

/** The row in at most so many columns; an ellipsis says that there was more. */
export function cut(row: Line, width: number): Line {
  if (lineWidth(row) <= width) return row;
  const kept: Span[] = [];
  let left = Math.max(0, width - 1);
  for (const each of row) {
    const text = takeColumns(each.text, left);
    left -= widthOf(text);
    kept.push({ ...each, text });
    if (text.length < each.text.length)
      return width < 1 ? blank : [...kept, { ...each, text: '…' }];
  }
  return kept;
}

/** The row without the spaces at its end, where they are not to be seen. */
export function withoutEnd(row: Line): Line {
  const last = row.findLastIndex(({ text, inverse }) => inverse || text.trimEnd() !== '');
  const end = row[last];
  if (!end || end.inverse) return row.slice(0, last + 1);
  return [...row.slice(0, last), { ...end, text: end.text.trimEnd() }];
}

/** One part at the left end of a row and one at its right; where both do not fit, the left one is cut. */
export function spread(left: Line, right: Line, width: number): Line {
  const room = width - lineWidth(right);
  if (room < 1) return inWidth(right, width);
  return [...inWidth(left, room), ...right];
}

/** Spaces before a row. */
export function indent(rows: readonly Line[], columns: number): Line[] {
  return rows.map((row) => (row.length === 0 ? row : [span(' '.repeat(columns)), ...row]));
}

/** Columns of rows side by side, each in its width and `gap` apart; shorter ones are filled up. */
export function beside(
  columns: readonly { readonly rows: readonly Line[]; readonly width: number }[],
  gap: number,
): Line[] {
  const height = Math.max(0, ...columns.map(({ rows }) => rows.length));
  return Array.from({ length: height }, (_, y) =>
    columns.flatMap(({ rows, width }, place) => [
      ...(place > 0 ? [span(' '.repeat(gap))] : []),
      ...inWidth(rows[y] ?? blank, width),
    ]),
  );
}

/** Exactly so many rows: filled up below, or cut. */
export function fill(rows: readonly Line[], height: number): Line[] {
  return Array.from({ length: Math.max(0, height) }, (_, y) => rows[y] ?? blank);
}

/** Parts of a row with something between each two. */
export function join(parts: readonly Line[], between: Line): Line {
  return parts.flatMap((part, place) => (place > 0 ? [...between, ...part] : part));
}

/** As many of the parts, from the first on, as fit into so many columns. */
export function joinFitting(parts: readonly Line[], between: Line, width: number): Line {
  const fits = parts.findLastIndex(
    (_, last) => lineWidth(join(parts.slice(0, last + 1), between)) <= width,
  );
  return join(parts.slice(0, fits + 1), between);
}
