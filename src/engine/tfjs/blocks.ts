import type { NamedArrays, NetworkConfig } from '../../network/config.ts';
import { elements, type Parameter, parameterShapes } from '../../network/parameters.ts';
import { cellOf } from './cells/cells.ts';
import { named, type TensorFlow, type Tensors } from './tensorflow.ts';

/** Parameters that lie under each other in one tensor, so that one product takes them all. */
export interface Block {
  /** As in `layer0.R.hidden`, where the parameters are `layer0.i.R`, `layer0.f.R`, ... */
  readonly name: string;
  readonly parts: readonly Parameter[];
}

/**
 * The parameters of a network in blocks: `embedding` [V, E]; for every layer and each operand of the cell
 * `layer0.R.hidden` [its gates·H, H], `layer0.W.hidden` [its gates·H, X] and `layer0.b.hidden` [its gates·H, 1];
 * `dense.W` and `dense.b`.
 */
export function blocksOf(tf: TensorFlow, config: NetworkConfig): readonly Block[] {
  const { products } = cellOf(tf, config.cell);
  const shapes = new Map(parameterShapes(config).map((shape) => [shape.name, shape]));
  const block = (name: string, parts: readonly string[]): Block => ({
    name,
    parts: parts.flatMap((part) => shapes.get(part) ?? []),
  });
  const layer = (index: number): Block[] =>
    Object.entries(products).flatMap(([operand, gates]) =>
      ['R', 'W', 'b'].map((kind) =>
        block(
          `layer${index}.${kind}.${operand}`,
          gates.map((gate) => `layer${index}.${gate}.${kind}`),
        ),
      ),
    );
  return [
    ...(config.embedding === 'one-hot' ? [] : [block('embedding', ['embedding'])]),
    ...Array.from({ length: config.layers }, (_, index) => layer(index)).flat(),
    block('dense.W', ['dense.W']),
    block('dense.b', ['dense.b']),
  ];
}

/**
 * The tensor of every block, of arrays that bear the names of the parameters. They are joined in `memory`, which may be
 * used again once the tensors are disposed of.
 *
 * @throws TypeError if one is missing
 */
export function blockTensors(
  tf: TensorFlow,
  blocks: readonly Block[],
  arrays: NamedArrays,
  memory: Record<string, Float32Array> = {},
): Tensors {
  return Object.fromEntries(
    blocks.map(({ name, parts }) => {
      const data = parts.map((part) => dataOf(part, arrays));
      const columns = parts[0]?.shape[1] ?? 0;
      const length = data.reduce((sum, each) => sum + each.length, 0);
      memory[name] ??= new Float32Array(length);
      const joined = memory[name];
      let from = 0;
      for (const each of data) {
        joined.set(each, from);
        from += each.length;
      }
      return [name, tf.tensor2d(joined, [length / columns, columns])];
    }),
  );
}

/** What `blockTensors` took, in the network's order. */
export function blockArrays(
  config: NetworkConfig,
  blocks: readonly Block[],
  tensors: Tensors,
): NamedArrays {
  const parts = new Map<string, Float32Array>();
  for (const block of blocks) {
    const data = named(tensors, block.name).dataSync<'float32'>();
    let from = 0;
    for (const { name, shape } of block.parts) {
      const to = from + elements(shape);
      parts.set(name, data.subarray(from, to));
      from = to;
    }
  }
  return Object.fromEntries(
    parameterShapes(config).map(({ name, shape }) => [
      name,
      { shape, data: parts.get(name) ?? new Float32Array() },
    ]),
  );
}

function dataOf({ name, shape }: Parameter, arrays: NamedArrays): Float32Array {
  const array = arrays[name];
  if (array?.data.length === elements(shape)) return array.data;
  throw new TypeError(`the state lacks "${name}" [${shape.join(', ')}], or it has another size`);
}
