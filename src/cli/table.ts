export interface Column {
  readonly title: string;
  /** Figures stand to the right. */
  readonly right?: true;
  /** The one column that gives way where a line would be too long. */
  readonly gives?: true;
}

/** Rows of cells in aligned columns, no line longer than `width` as long as there is a column that gives way. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const gap = 2;
  const widths = columns.map(({ title }, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const total = widths.reduce((sum, each) => sum + each + gap, -gap);
  const fitted = widths.map((each, column) =>
    columns[column]?.gives && total > width ? Math.max(8, each - (total - width)) : each,
  );
  return [columns.map(({ title }) => title), ...rows].map((row) =>
    fitted
      .map((cellWidth, column) => {
        const cell = shortened(row[column] ?? '', cellWidth);
        return columns[column]?.right ? cell.padStart(cellWidth) : cell.padEnd(cellWidth);
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 3)}...` : text;
}
