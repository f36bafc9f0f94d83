import { parameterShapes } from '../../../src/network/parameters.ts';
import type { StoredNetwork } from '../../../src/run/models.ts';

/**
 * The vector of each character: its row of the embedding; of a one-hot network, the column of the first layer's input
 * weights that it picks, all gates one after the other.
 */
export function characterVectors({
  config,
  weights,
}: Pick<StoredNetwork, 'config' | 'weights'>): Float32Array[] {
  const { vocabularySize: V, embedding } = config;
  const table = weights.embedding;
  if (embedding !== 'one-hot' && table) {
    return Array.from({ length: V }, (_, id) =>
      table.data.subarray(id * embedding, (id + 1) * embedding),
    );
  }
  const columns = parameterShapes(config).filter(({ tokenAxis }) => tokenAxis === 1);
  return Array.from({ length: V }, (_, id) =>
    Float32Array.from(
      columns.flatMap(({ name, shape: [H = 0] }) =>
        Array.from({ length: H }, (_, row) => weights[name]?.data[row * V + id] ?? 0),
      ),
    ),
  );
}

/** Values so that the largest is 1 or -1, where any is beyond. */
export function toOne(values: Float32Array): Float32Array {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  return values.map((value) => value / most);
}
