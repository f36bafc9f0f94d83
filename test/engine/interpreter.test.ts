import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { GraphSession } from '../../src/engine/onnx/session.ts';
import { Interpreter } from '../../src/engine/tfjs/interpreter.ts';
import { gradients } from '../../src/graph/gradient.ts';
import {
  add,
  affine,
  concat,
  crossEntropy,
  fill,
  gather,
  input,
  mean,
  multiply,
  oneMinus,
  outer,
  scatter,
  sigmoid,
  slice,
  softmax,
  subtract,
  subtractUnits,
  sumOfProducts,
  sumTo,
  tanh,
  transpose,
} from '../../src/graph/operations.ts';
import { recurrence } from '../../src/graph/recurrence.ts';
import { inOrder, type Tensor } from '../../src/graph/tensor.ts';
import { elements } from '../../src/network/parameters.ts';
import { Random } from '../../src/text/random.ts';
import { expectClose } from './networks.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

const [T, F, B] = [3, 4, 5];
const sequence = input('sequence', [T, F, B]);
const other = input('other', [T, F, B]);
const matrix = input('matrix', [F, B]);
const column = input('column', [F, 1]);
const row = input('row', [1, B]);
const number = input('number', []);
const ids = input('ids', [T, B], 'int64');
const weights = input('weights', [F, F]);

/** h' = tanh(R·h + x∘m) over a sequence, m from outside the loop. */
function loop(): { readonly last: Tensor; readonly all: Tensor } {
  const run = recurrence(T, [matrix], [sequence], ([h = matrix], [x = matrix]) => {
    const next = tanh(add(affine(weights, h), multiply(x, matrix)));
    return { next: [next], collect: [next] };
  });
  const [last = matrix] = run.last;
  const [all = matrix] = run.collected;
  return { last, all };
}

const graphs: Readonly<Record<string, () => Readonly<Record<string, Tensor>>>> = {
  'a sequence with a sequence': () => ({ y: subtract(sequence, other) }),
  'a sequence with the same matrix at each step': () => ({ y: multiply(matrix, sequence) }),
  'a sequence with the same column at each lane': () => ({ y: add(sequence, column) }),
  'a sequence with the same row at each feature': () => ({ y: subtract(row, sequence) }),
  'a sequence with a number': () => ({ y: multiply(number, sigmoid(sequence)) }),
  'a column with a row': () => ({ y: add(column, row) }),
  '1 − x': () => ({ y: oneMinus(matrix), z: oneMinus(sequence) }),
  'sums over steps, lanes, features and all': () => ({
    steps: sumTo(sequence, [F, B]),
    lanesToo: sumTo(sequence, [F, 1]),
    featuresToo: sumTo(sequence, [1, B]),
    features: sumTo(sequence, [T, 1, B]),
    all: sumTo(sequence, []),
    lanes: sumTo(matrix, [F, 1]),
  }),
  'parts of a matrix and of a sequence': () => ({
    upper: slice(matrix, 0, 2),
    lower: slice(sequence, 1, 2),
    both: concat([sequence, other]),
  }),
  products: () => ({
    matrices: affine(weights, matrix, column),
    sequences: sumOfProducts(
      [
        [weights, sequence],
        [transpose(weights), other],
      ],
      column,
    ),
    overSteps: outer(sequence, other, weights),
    overLanes: outer(matrix, multiply(matrix, matrix)),
  }),
  'a softmax and a loss, which share a logarithm': () => {
    const loss = mean(crossEntropy(sequence, ids));
    const [d = loss] = gradients(loss, [sequence]);
    return { y: softmax(sequence), loss, d };
  },
  'columns of a table by ids, summed by them, and without their unit vectors': () => ({
    gathered: gather(weights, ids),
    summed: scatter(sequence, ids, F),
    without: multiply(subtractUnits(sequence, ids), number),
  }),
  'a loop and what follows it': () => {
    const { last, all } = loop();
    return { last, all, masked: multiply(all, matrix), product: affine(weights, all) };
  },
  "a loop's gradient": () => {
    const { last, all } = loop();
    const loss = add(mean(multiply(all, other)), sumTo(last, []));
    const [R = loss, m = loss, x = loss] = gradients(loss, [weights, matrix, sequence]);
    return { loss, R, m, x };
  },
  'a result that is an input, and one under two names': () => {
    const twice = tanh(matrix);
    return { same: matrix, first: twice, second: twice };
  },
  numbers: () => ({ y: add(fill(2, matrix, [F, B]), matrix), z: fill(3, matrix) }),
};

describe("TensorFlow.js computes what ONNX Runtime does of the network's operations", () => {
  test.each(Object.entries(graphs))('%s', async (_, graph) => {
    const results = graph();
    const random = Random.seeded(1, 'interpreter');
    const symbols = inOrder(Object.values(results)).flatMap(({ operation, shape, type }) =>
      operation.kind === 'input' ? [{ name: operation.name, shape, type }] : [],
    );
    const given = symbols.map(({ name, shape, type }) => {
      const length = elements(shape);
      const data =
        type === 'int64'
          ? Int32Array.from({ length }, () => random.below(F))
          : Float32Array.from({ length }, () => 2 * random.next() - 1);
      return { name, shape, data };
    });

    const session = await GraphSession.create(results, {}, 1);
    for (const { name, data } of given) {
      if (data instanceof Int32Array) session.ids(name).set(Array.from(data, BigInt));
      else session.input(name).set(data);
    }
    await session.run();

    const interpreter = new Interpreter(tf, results);
    const before = tf.memory().numTensors;
    const tensors = Object.fromEntries(
      given.map(({ name, shape, data }) => [
        name,
        interpreter.tensor(name, data instanceof Int32Array ? data : columnsOf(data, shape, 'in')),
      ]),
    );
    // Twice: a run leaves its inputs as they were, and nothing else behind.
    for (let time = 0; time < 2; time++) {
      const found = interpreter.run(tensors);
      for (const [name, { shape }] of Object.entries(results)) {
        const data = found[name]?.dataSync<'float32'>() ?? new Float32Array();
        expectClose(columnsOf(data, shape, 'out'), session.result(name), name);
      }
      tf.dispose(found);
      expect(tf.memory().numTensors).toBe(before + given.length);
    }
    tf.dispose(tensors);
    await session.close();
  });
});

/** A sequence [T, F, B] as the matrix [F, T·B] of its columns, or back; other arrays as they are. */
function columnsOf(data: Float32Array, shape: readonly number[], to: 'in' | 'out'): Float32Array {
  const [steps = 1, features = 1, lanes = 1] = shape;
  if (shape.length < 3) return data.slice();
  const moved = new Float32Array(data.length);
  for (let t = 0; t < steps; t++) {
    for (let f = 0; f < features; f++) {
      for (let b = 0; b < lanes; b++) {
        const inSequence = (t * features + f) * lanes + b;
        const inMatrix = (f * steps + t) * lanes + b;
        if (to === 'in') moved[inMatrix] = data[inSequence] ?? 0;
        else moved[inSequence] = data[inMatrix] ?? 0;
      }
    }
  }
  return moved;
}
