/** A character's place on the map, from -1 to 1 both ways. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Steps in which the directions settle; far fewer do for as few vectors as there are characters. */
const rounds = 100;

/**
 * Vectors laid on the plane in which they differ most: the first two principal components, by power iteration
 * (Hotelling 1933), each scaled to fill its axis.
 */
export function principalPlane(vectors: readonly Float32Array[]): Place[] {
  const centred = centre(vectors);
  const first = principal(centred, undefined);
  const second = principal(centred, first);
  const xs = scaled(centred.map((vector) => dot(vector, first)));
  const ys = scaled(centred.map((vector) => dot(vector, second)));
  return xs.map((x, place) => ({ x, y: ys[place] ?? 0 }));
}

/** The ids whose vectors point most nearly the same way, the nearest first, with the cosine. */
export function nearest(
  vectors: readonly Float32Array[],
  id: number,
  count: number,
): { readonly id: number; readonly cosine: number }[] {
  const centred = centre(vectors);
  const own = centred[id];
  if (!own) return [];
  const length = (vector: Float32Array) => Math.sqrt(dot(vector, vector)) || 1;
  return centred
    .map((vector, each) => ({
      id: each,
      cosine: dot(vector, own) / (length(vector) * length(own)),
    }))
    .filter((each) => each.id !== id)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count);
}

function centre(vectors: readonly Float32Array[]): Float32Array[] {
  const size = vectors[0]?.length ?? 0;
  const mean = new Float64Array(size);
  for (const vector of vectors)
    vector.forEach((value, index) => {
      mean[index] = (mean[index] ?? 0) + value / vectors.length;
    });
  return vectors.map((vector) => vector.map((value, index) => value - (mean[index] ?? 0)));
}

/** The direction of the largest spread among those at a right angle to another one. */
function principal(
  vectors: readonly Float32Array[],
  other: Float32Array | undefined,
): Float32Array {
  const size = vectors[0]?.length ?? 0;
  // Any direction does that is not at a right angle to the wanted one; this one is the same each time.
  let direction: Float32Array = Float32Array.from(
    { length: size },
    (_, index) => 1 + (index % 7) / 7,
  );
  for (let round = 0; round < rounds; round++) {
    const next = new Float32Array(size);
    for (const vector of vectors) {
      const share = dot(vector, direction);
      for (let index = 0; index < size; index++)
        next[index] = (next[index] ?? 0) + share * (vector[index] ?? 0);
    }
    if (other) {
      const along = dot(next, other);
      for (let index = 0; index < size; index++)
        next[index] = (next[index] ?? 0) - along * (other[index] ?? 0);
    }
    const length = Math.sqrt(dot(next, next));
    if (length === 0) return direction;
    direction = next.map((value) => value / length);
  }
  return direction;
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

function scaled(values: readonly number[]): number[] {
  const most = Math.max(1e-12, ...values.map(Math.abs));
  return values.map((value) => value / most);
}
