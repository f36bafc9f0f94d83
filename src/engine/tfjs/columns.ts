/** Rows from `first` on of a matrix [R, F] as the columns of one [F, width]; columns without a row are zero. */
export function toColumns(
  rows: Float32Array,
  length: number,
  first: number,
  width: number,
): Float32Array {
  const columns = new Float32Array(length * width);
  const count = Math.min(width, rows.length / length - first);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < length; k++) {
      columns[k * width + row] = rows[(first + row) * length + k] ?? 0;
    }
  }
  return columns;
}

/** The first columns of matrices [F, width] side by side as the rows of one [R, F]. */
export function toRows(parts: readonly Float32Array[], rows: number, width: number): Float32Array {
  const length = (parts[0]?.length ?? 0) / width;
  const matrix = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const columns = parts[Math.floor(row / width)];
    for (let k = 0; k < length; k++) {
      matrix[row * length + k] = columns?.[k * width + (row % width)] ?? 0;
    }
  }
  return matrix;
}

/** The unit vectors [R, V] of ids [R]. */
export function unitRows(ids: Int32Array, V: number): Float32Array {
  const rows = new Float32Array(ids.length * V);
  ids.forEach((id, row) => {
    rows[row * V + id] = 1;
  });
  return rows;
}
