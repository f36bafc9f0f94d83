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
  const columns = Object.entries(weights).filter(([name]) => /^layer0\.\w+\.W$/.test(name));
  return Array.from({ length: V }, (_, id) =>
    Float32Array.from(
      columns.flatMap(([, { data, shape }]) =>
        Array.from({ length: shape[0] ?? 0 }, (_, row) => data[row * V + id] ?? 0),
      ),
    ),
  );
}
