import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eliminateCommonProducts } from '../../src/graph/common-products.ts';
import { multiply, subtract } from '../../src/graph/operations.ts';
import { inOrder, type Tensor } from '../../src/graph/tensor.ts';
import { compute } from './compute.ts';
import { doubles } from './finite-differences.ts';

const products = (results: readonly Tensor[]) =>
  inOrder(results).filter(({ operation }) => operation.kind === 'multiply');

test("the gradients of an LSTM's gates come from as few products as by hand", () => {
  const { D, i, g, f, c } = doubles({ D: [2, 3], i: [2, 3], g: [2, 3], f: [2, 3], c: [2, 3] });
  const sigmoid = (dy: Tensor, y: Tensor) => {
    const both = multiply(dy, y);
    return subtract(both, multiply(both, y));
  };
  const results = [
    sigmoid(multiply(D, g), i),
    subtract(multiply(D, i), multiply(multiply(multiply(D, i), g), g)),
    sigmoid(multiply(D, c), f),
    multiply(D, f),
  ];
  expect(products(results)).toHaveLength(11);
  // D∘i, D∘i∘g, and those by i and by g; D∘f, D∘f∘c, and that by f.
  expect(products(results.map(eliminateCommonProducts(results, new Set())))).toHaveLength(7);
});

test('products are worth what they were, and those that are known stay', () => {
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('a', 'b', 'c', 'known'),
      fc.tuple(fc.constantFrom('∘', '∘', '−'), tie('tree'), tie('tree')),
    ),
  }));
  return fc.assert(
    fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 4 }), async (trees) => {
      const { a, b, c } = doubles({ a: [3], b: [3], c: [3] });
      const leaves = { a, b, c, known: multiply(a, b) };
      const build = (tree: Tree): Tensor => {
        if (typeof tree === 'string') return leaves[tree];
        const [operation, left, right] = tree;
        return (operation === '∘' ? multiply : subtract)(build(left), build(right));
      };
      const results = trees.map(build);
      const shared = results.map(eliminateCommonProducts(results, new Set([leaves.known])));
      expect(products(shared).length).toBeLessThanOrEqual(products(results).length);
      expect(inOrder(shared).includes(leaves.known)).toBe(inOrder(results).includes(leaves.known));
      const named = (kind: string, tensors: readonly Tensor[]) =>
        tensors.map((tensor, index) => [`${kind}${index}`, tensor] as const);
      const found = await compute(
        Object.fromEntries([...named('before', results), ...named('after', shared)]),
        {
          a: Float64Array.of(2, -3, 5),
          b: Float64Array.of(1, 4, -2),
          c: Float64Array.of(3, -1, 2),
        },
      );
      // Of small whole numbers, exactly.
      results.forEach((_, index) => {
        expect(found[`after${index}`]).toEqual(found[`before${index}`]);
      });
    }),
    { numRuns: 200 },
  );
});

type Tree = 'a' | 'b' | 'c' | 'known' | readonly [operation: '∘' | '−', left: Tree, right: Tree];
