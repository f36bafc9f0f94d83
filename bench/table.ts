/** Rows of cells as aligned text: words to the left, columns of figures to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = header.map((title, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    const width = Math.max(title.length, ...cells.map((cell) => cell.length));
    const figures = cells.every((cell) => /^[\d-]/.test(cell));
    return [title, '-'.repeat(width), ...cells].map((cell) =>
      figures ? cell.padStart(width) : cell.padEnd(width),
    );
  });
  return Array.from({ length: rows.length + 2 }, (_, line) =>
    columns
      .map((column) => column[line])
      .join('  ')
      .trimEnd(),
  ).join('\n');
}
