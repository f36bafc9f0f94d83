import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { toOnnx, toOnnxByRows } from '../../src/graph/onnx/lower.ts';
import {
  add,
  affine,
  concat,
  input,
  multiply,
  oneHot,
  oneMinus,
  sigmoid,
  slice,
  softmax,
  subtract,
  tanh,
  transpose,
} from '../../src/graph/operations.ts';
import type { Shape, Tensor } from '../../src/graph/tensor.ts';
import { Random } from '../../src/text/random.ts';

interface Matrix {
  readonly shape: Shape;
  readonly data: Float32Array;
}

const random = Random.seeded(1, 'onnx');
function matrix(rows: number, columns: number): Matrix {
  const data = Float32Array.from({ length: rows * columns }, () => random.next() + 0.5);
  return { shape: [rows, columns], data };
}

/** [R, C] → [C, R] */
function transposed({ shape: [rows = 1, columns = 1], data }: Matrix): Matrix {
  const at = (place: number) => data[(place % rows) * columns + Math.floor(place / rows)] ?? 0;
  return { shape: [columns, rows], data: data.map((_, place) => at(place)) };
}

const feed = ({ shape, data }: Matrix) => new OrtTensor('float32', data, shape);

async function run(
  file: Uint8Array,
  feeds: Readonly<Record<string, OrtTensor>>,
): Promise<Record<string, Matrix>> {
  const session = await InferenceSession.create(file);
  const results = await session.run(feeds);
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { dims, data }]) => {
      if (!(data instanceof Float32Array)) throw new TypeError(`"${name}" is not float`);
      return [name, { shape: dims, data }];
    }),
  );
}

test('a file takes and gives by name, and says the versions that every runtime reads', async () => {
  const x = input('x', [2, 3]);
  const file = toOnnx({ y: tanh(x), z: oneMinus(x) });
  const session = await InferenceSession.create(file);
  expect(session.inputNames).toEqual(['x']);
  expect(session.outputNames).toEqual(['y', 'z']);
  await session.release();

  // Field 1 comes first, the IR version; field 8 last, the one set of operators.
  expect([...file.slice(0, 2)]).toEqual([1 << 3, 8]);
  expect([...file.slice(-4)]).toEqual([(1 << 3) | 2, 0, 2 << 3, 17]);
});

test('by rows a graph gives what it gives by columns', async () => {
  const lanes = 5;
  const constants = { W: matrix(3, 4), R: matrix(3, 3), E: matrix(6, 4), b: matrix(3, 1) };
  const given = { x: matrix(4, lanes), h: matrix(3, lanes) };
  const graph = (lanes: number): Record<string, Tensor> => {
    const W = input('W', [3, 4]);
    const R = input('R', [3, 3]);
    const E = input('E', [6, 4]);
    const b = input('b', [3, 1]);
    const x = input('x', [4, lanes]);
    const h = input('h', [3, lanes]);
    const gate = sigmoid(affine(R, h, affine(W, x, b)));
    const shares = softmax(affine(E, tanh(x)));
    const both = sigmoid(affine(concat([R, R]), h, affine(concat([W, W]), x, concat([b, b]))));
    return {
      next: add(multiply(oneMinus(gate), h), multiply(gate, tanh(subtract(gate, b)))),
      shares,
      stacked: multiply(slice(both, 0, 2), slice(both, 1, 2)),
      mixed: affine(affine(W, transpose(E), b), shares),
    };
  };
  const entries = Object.entries({ ...constants, ...given });
  const columns = await run(
    toOnnx(graph(lanes)),
    Object.fromEntries(entries.map(([name, value]) => [name, feed(value)])),
  );
  const rows = await run(toOnnxByRows(graph(1), constants), {
    x: feed(transposed(given.x)),
    h: feed(transposed(given.h)),
  });
  expect(Object.keys(rows)).toEqual(['next', 'shares', 'stacked', 'mixed']);
  for (const [name, expected] of Object.entries(columns)) {
    const { shape, data } = transposed(rows[name] ?? matrix(0, 0));
    expect(shape).toEqual(expected.shape);
    data.forEach((value, place) => {
      expect(value).toBeCloseTo(expected.data[place] ?? Number.NaN, 5);
    });
  }
});

test('by rows, ids give what their unit vectors give', async () => {
  const constants = { W: matrix(3, 4), b: matrix(3, 1) };
  const graph = (x: Tensor) => ({ y: affine(input('W', [3, 4]), x, input('b', [3, 1])) });
  const byId = await run(toOnnxByRows(graph(oneHot(input('ids', [1], 'int64'), 4)), constants), {
    ids: new OrtTensor('int64', BigInt64Array.of(2n, 0n, 2n), [3]),
  });
  const units = Float32Array.of(0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0);
  const byVector = await run(toOnnxByRows(graph(input('x', [4, 1])), constants), {
    x: new OrtTensor('float32', units, [3, 4]),
  });
  expect(byId).toEqual(byVector);
});

test('in eight bits, what they hold exactly is multiplied exactly', async () => {
  // Weights of whole numbers to 127, which every row has: its scale is 1. Columns of whole 64ths.
  for (const [M, K, rows] of [
    [5, 13, 1],
    [16, 128, 3],
    [33, 200, 64],
  ] as const) {
    const whole = (height: number, most: number): Matrix => ({
      shape: [height, K],
      data: Float32Array.from({ length: height * K }, (_, place) =>
        place % K === 0 ? most : random.below(2 * most + 1) - most,
      ),
    });
    const [W, levels] = [whole(M, 127), whole(rows, 64)];
    const x = { ...levels, data: levels.data.map((level) => level / 64) };
    const [w, column] = [input('W', [M, K]), input('x', [K, 1])];
    const single = affine(w, column);
    const double = affine(concat([w, w]), column);
    const file = toOnnxByRows({ single, double }, { W }, ['W']);
    const found = await run(file, { x: feed(x) });
    const at = ({ data }: Matrix, row: number, k: number) => data[row * K + k] ?? 0;
    const sum = (m: number, row: number) =>
      Array.from({ length: K }, (_, k) => at(W, m, k) * at(levels, row, k)).reduce((a, b) => a + b);
    const expected = (height: number) =>
      Array.from(
        { length: rows * height },
        (_, place) => sum(place % M, Math.floor(place / height)) / 64,
      );
    expect([...(found.single?.data ?? [])], `${M} x ${K}, ${rows} rows`).toEqual(expected(M));
    expect([...(found.double?.data ?? [])]).toEqual(expected(2 * M));
  }
});

test('in eight bits, the greatest numbers do not overflow', async () => {
  const K = 2048;
  const W = {
    shape: [2, K],
    data: Float32Array.from({ length: 2 * K }, (_, k) => (k < K ? 127 : -127)),
  };
  const file = toOnnxByRows({ y: affine(input('W', [2, K]), input('x', [K, 1])) }, { W }, ['W']);
  for (const rows of [1, 64]) {
    const x = { shape: [rows, K], data: new Float32Array(rows * K).fill(1) };
    const { y } = await run(file, { x: feed(x) });
    expect(y?.data).toEqual(
      Float32Array.from({ length: 2 * rows }, (_, at) => (at % 2 ? -127 : 127) * K),
    );
  }
});

test('in eight bits, a weight is off by half a level of its row at most', async () => {
  const W = matrix(3, 100);
  W.data.fill(0, 0, 100);
  const y = affine(input('W', [3, 100]), input('x', [100, 1]));
  const file = toOnnxByRows({ y }, { W }, ['W']);
  const session = await InferenceSession.create(file);
  for (let k = 0; k < 100; k++) {
    const unit = new OrtTensor(
      'float32',
      Float32Array.from({ length: 100 }, (_, at) => Number(at === k)),
      [1, 100],
    );
    const { y: column } = await session.run({ x: unit });
    for (let row = 0; row < 3; row++) {
      const level = Math.max(...W.data.subarray(row * 100, (row + 1) * 100).map(Math.abs)) / 127;
      const off = Number(column?.data[row]) - (W.data[row * 100 + k] ?? 0);
      expect(Math.abs(off)).toBeLessThanOrEqual(level * 0.5001);
    }
  }
  await session.release();
});
