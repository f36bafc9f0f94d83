import { z } from 'zod';
import { BadInput } from '../errors.ts';
import type { NamedArray, NamedArrays, NetworkConfig } from './config.ts';
import { parameterShapes } from './parameters.ts';
import { fromPytorch, toPytorch } from './pytorch.ts';
import { type Precision, readSafetensors, writeSafetensors } from './safetensors.ts';

/** A trained network as a safetensors file holds it. */
export interface SavedNetwork {
  readonly config: NetworkConfig;
  /** The V tokens in the order of their ids. */
  readonly vocabulary: readonly string[];
  /** Where they are subwords, the `tokenizer.json` of Hugging Face's `tokenizers`; null where they are characters. */
  readonly tokenizer: string | null;
  readonly weights: NamedArrays;
  /** Whatever else is worth knowing of it, by name; `config`, `vocabulary` and `tokenizer` are taken. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The network as a safetensors file under PyTorch's names and layouts, with the configuration and the vocabulary as
 * JSON under `config` and `vocabulary` in its metadata, and the `tokenizer` where its tokens are subwords.
 *
 * @param precision `F16` takes half the space and rounds the weights
 * @throws BadInput if a weight does not fit the precision
 */
export function toSafetensors(
  { config, vocabulary, tokenizer, weights, metadata }: SavedNetwork,
  precision: Precision = 'F32',
): Uint8Array {
  const own = {
    config: JSON.stringify(config),
    vocabulary: JSON.stringify(vocabulary),
    ...(tokenizer !== null && { tokenizer }),
  };
  const arrays = toPytorch(config, weights);
  return writeSafetensors({ arrays, metadata: { ...metadata, ...own } }, precision);
}

/**
 * The network in a file that `toSafetensors` or PyTorch wrote. The arrays' shapes say its configuration.
 *
 * @throws BadInput if the file is damaged, holds another kind of network or has no fitting vocabulary
 */
export function fromSafetensors(file: Uint8Array): SavedNetwork {
  const { arrays, metadata } = readSafetensors(file);
  const { config: stated, vocabulary: listed, tokenizer = null, ...others } = metadata;
  const { config, weights } = fromPytorch(arrays);
  if (stated !== undefined) checkAgainst(config, stated);
  const vocabulary = readVocabulary(config, listed);
  const read = { config, vocabulary, tokenizer, weights, metadata: others };
  return tokenizer === null ? sortCharacters(read) : read;
}

/** The same network with its characters in the order of their code points, as ours are; PyTorch's come in any. */
function sortCharacters(network: SavedNetwork): SavedNetwork {
  const { config, vocabulary, weights } = network;
  const codePoint = (id: number) => vocabulary[id]?.codePointAt(0) ?? 0;
  const order = Array.from(vocabulary.keys()).sort((a, b) => codePoint(a) - codePoint(b));
  if (order.every((id, place) => id === place)) return network;
  const sorted = parameterShapes(config).map(({ name, shape, tokenAxis }) => {
    const array = weights[name] ?? { shape, data: new Float32Array() };
    return [name, tokenAxis === null ? array : permuted(array, tokenAxis, order)] as const;
  });
  return {
    ...network,
    vocabulary: order.map((id) => vocabulary[id] ?? ''),
    weights: Object.fromEntries(sorted),
  };
}

/** A matrix whose row (axis 0) or column (axis 1) `k` is that of `order[k]`. */
function permuted({ shape, data }: NamedArray, axis: 0 | 1, order: readonly number[]): NamedArray {
  const [rows = 0, columns = 0] = shape;
  const from = (row: number, column: number) =>
    axis === 0 ? (order[row] ?? 0) * columns + column : row * columns + (order[column] ?? 0);
  const moved = data.map(
    (_, at) => data[from(Math.floor(at / columns), at % columns)] ?? Number.NaN,
  );
  return { shape: [rows, columns], data: moved };
}

function checkAgainst(config: NetworkConfig, stated: string): void {
  const claims = parseJson(z.record(z.string(), z.unknown()), stated);
  for (const [key, value] of Object.entries(config)) {
    if (claims && (claims[key] ?? value) === value) continue;
    throw new BadInput(
      `The arrays are of a network whose ${key} is ${value}; the \`config\` in the file's metadata is ${stated}.`,
      'Take the file again from where it was made, or leave `config` out of its metadata.',
    );
  }
}

function readVocabulary({ vocabularySize: V }: NetworkConfig, listed = ''): readonly string[] {
  const vocabulary = parseJson(z.array(z.string()), listed);
  if (vocabulary?.length === V) return vocabulary;
  throw new BadInput(
    `The file's metadata has no \`vocabulary\` with the ${V} tokens that the network knows.`,
    `Save it with metadata={"vocabulary": json.dumps([...])}: one string a token, in the order of their ids.`,
  );
}

function parseJson<Value>(form: z.ZodType<Value>, text: string): Value | undefined {
  try {
    return form.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
