import { z } from 'zod';
import { BadInput } from '../errors.ts';
import { quantize } from '../graph/onnx/quantize.ts';
import type { NamedArray, NamedArrays } from './config.ts';
import { findNonFinite } from './finite.ts';
import { refuseForeignFile } from './foreign-files.ts';
import { fromHalves, toHalves } from './half-precision.ts';
import { elements } from './parameters.ts';
import { duplicateKey } from './unique-keys.ts';

// A safetensors file: the length of a header (8 bytes, little-endian), the header (JSON, padded with spaces), then the
// elements of one array after the other (https://huggingface.co/docs/safetensors).

/**
 * What weights are written in, by the names in the header: floating-point numbers of 32 or 16 bits, or whole numbers of
 * 8 with a scale for each row of a matrix, as texts are drawn with. What is no matrix then stays in 32.
 */
export type Precision = 'F32' | 'F16' | 'I8';

/** Arrays by name, and text by name. */
export interface SafetensorsFile {
  readonly arrays: NamedArrays;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a file. @throws BadInput if a number does not fit the precision */
export function writeSafetensors(
  { arrays, metadata }: SafetensorsFile,
  precision: Precision = 'F32',
): Uint8Array {
  let length = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  const written = Object.entries(arrays).flatMap(([name, array]) =>
    inPrecision[precision](name, array),
  );
  // The largest elements first: each then begins at a multiple of its size, as readers may want.
  const parts = written
    .toSorted((a, b) => elementSizes[b.dtype] - elementSizes[a.dtype])
    .map(({ name, dtype, shape, data }) => {
      const begin = length;
      length += data.byteLength;
      header[name] = { dtype, shape, data_offsets: [begin, length] };
      return { begin, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
    });
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(start + length).fill(0x20, 0, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true);
  file.set(json, 8);
  for (const { begin, bytes } of parts) file.set(bytes, start + begin);
  return file;
}

interface WrittenArray {
  readonly name: string;
  readonly dtype: Precision;
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint16Array | Int8Array;
}

const elementSizes = { F32: 4, F16: 2, I8: 1 } as const satisfies Record<Precision, number>;

/** What an array is written as. */
const inPrecision: Readonly<
  Record<Precision, (name: string, array: NamedArray) => WrittenArray[]>
> = {
  F32: (name, { shape, data }) => [{ name, dtype: 'F32', shape, data }],
  F16: (name, { shape, data }) => [{ name, dtype: 'F16', shape, data: toHalves(data) }],
  I8: (name, array) => {
    if (array.shape.length !== 2) return inPrecision.F32(name, array);
    const { shape, values, scales } = quantize(array);
    return [
      { name, dtype: 'I8', shape, data: values },
      { name: scaleOf(name), dtype: 'F32', shape: [scales.length, 1], data: scales },
    ];
  },
};

/** What the scales [M, 1] of an eight-bit matrix [M, K] are called: its weights are their product, row by row. */
function scaleOf(name: string): string {
  return `${name}.scale`;
}

/**
 * What a file holds, in single precision: F16 and BF16 exactly, I8 times its scales, F64 rounded.
 *
 * @throws BadInput if it is damaged or of another format, has elements of another type, or one that is not finite
 */
export function readSafetensors(file: Uint8Array): SafetensorsFile {
  refuseForeignFile(file);
  const { header, data } = cut(file);
  const { __metadata__: metadata = {}, ...entries } = parse(anyRecord, header, 'the header');
  const arrays = Object.entries(entries).map(([name, entry]) => ({
    name,
    ...parse(entryForm, entry, `the header's entry "${name}"`),
  }));
  let end = 0;
  for (const { name, data_offsets } of arrays.toSorted(byOffsets)) {
    if (data_offsets[0] !== end) {
      throw damaged(`"${name}" begins at byte ${data_offsets[0]} of the data, not at ${end}`);
    }
    end = data_offsets[1];
  }
  if (end !== data.length) {
    throw damaged(`its header tells of ${end} bytes of data, and ${data.length} are there`);
  }
  const read = Object.fromEntries(arrays.map((array) => [array.name, readArray(array, data)]));
  return {
    arrays: withScales(
      read,
      arrays.filter(({ dtype }) => dtype === 'I8'),
    ),
    metadata: parse(z.record(z.string(), z.string()), metadata, 'the metadata'),
  };
}

const anyRecord = z.record(z.string(), z.unknown());

const count = z.int().nonnegative();

const entryForm = z.object({
  dtype: z.string(),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
});

interface Entry extends z.infer<typeof entryForm> {
  readonly name: string;
}

function byOffsets(a: Entry, b: Entry): number {
  return a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1];
}

/** The header, parsed as JSON, and what follows it. */
function cut(file: Uint8Array): { readonly header: unknown; readonly data: Uint8Array } {
  if (file.length < 8) throw damaged(`it is only ${file.length} bytes long`);
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > file.length - 8) {
    throw damaged(`its header cannot be ${length} bytes long, in a file of ${file.length}`);
  }
  const start = 8 + Number(length);
  const data = file.subarray(start);
  let json: string;
  let header: unknown;
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, start));
    header = JSON.parse(json);
  } catch (cause) {
    throw damaged('its header is not JSON', cause);
  }
  const twice = duplicateKey(json);
  if (twice !== undefined) throw damaged(`its header has the key "${twice}" twice`);
  return { header, data };
}

/** How elements of each type that can be read become single precision. */
const readers: Readonly<
  Record<string, { readonly bytes: number; read(buffer: ArrayBuffer): Float32Array }>
> = {
  F32: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  F16: { bytes: 2, read: (buffer) => fromHalves(new Uint16Array(buffer)) },
  // The upper half of a number in single precision.
  BF16: {
    bytes: 2,
    read: (buffer) =>
      new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer),
  },
  F64: { bytes: 8, read: (buffer) => new Float32Array(new Float64Array(buffer)) },
  I8: { bytes: 1, read: (buffer) => new Float32Array(new Int8Array(buffer)) },
};

/** The arrays with their eight-bit ones multiplied by their scales, which are no arrays of the network then. */
function withScales(arrays: NamedArrays, eightBit: readonly Entry[]): NamedArrays {
  const scaled = new Map(Object.entries(arrays));
  for (const { name, shape } of eightBit) {
    const [rows = 0, columns = 0] = shape;
    const scales = arrays[scaleOf(name)];
    const values = arrays[name];
    if (shape.length !== 2 || scales?.data.length !== rows || !values) {
      throw new BadInput(
        `"${name}" in the safetensors file has elements of the type I8 [${shape.join(', ')}], and there are no scales "${scaleOf(name)}" [${rows}, 1] for its rows.`,
        'Convert it before it is saved: in PyTorch, model.float().',
      );
    }
    const data = values.data.slice();
    for (const [row, scale] of scales.data.entries()) {
      for (let at = row * columns; at < (row + 1) * columns; at++)
        data[at] = (data[at] ?? 0) * scale;
    }
    refuseNonFinite(name, { shape, data });
    scaled.set(name, { shape, data });
    scaled.delete(scaleOf(name));
  }
  return Object.fromEntries(scaled);
}

function readArray(
  { name, dtype, shape, data_offsets: [begin, end] }: Entry,
  data: Uint8Array,
): NamedArray {
  const reader = Object.hasOwn(readers, dtype) ? readers[dtype] : undefined;
  if (!reader) {
    throw new BadInput(
      `"${name}" in the safetensors file has elements of the type ${dtype}; ${Object.keys(readers).join(', ')} can be read.`,
      'Convert it before it is saved: in PyTorch, model.float().',
    );
  }
  const size = elements(shape) * reader.bytes;
  if (end - begin !== size) {
    throw damaged(
      `"${name}" of ${dtype} [${shape.join(', ')}] is ${end - begin} bytes, not ${size}`,
    );
  }
  // A copy, which begins at an address that is a multiple of the element's size.
  const { buffer } = new Uint8Array(data.subarray(begin, end));
  const array = { shape, data: reader.read(buffer) };
  refuseNonFinite(name, array);
  return array;
}

function refuseNonFinite(name: string, array: NamedArray): void {
  const found = findNonFinite(array);
  if (!found) return;
  throw new BadInput(
    `"${name}" in the safetensors file is ${found.value} at [${found.place.join(', ')}].`,
    'Save it from a step before the training diverged: a network with such a weight writes nothing of use.',
  );
}

function parse<Value>(form: z.ZodType<Value>, value: unknown, what: string): Value {
  const parsed = form.safeParse(value);
  if (parsed.success) return parsed.data;
  throw damaged(`${what} has not the form it should have`, parsed.error);
}

function damaged(how: string, cause?: unknown): BadInput {
  return new BadInput(
    `The safetensors file cannot be read: ${how}.`,
    'Download or export it again: it is damaged, or not a safetensors file.',
    cause === undefined ? {} : { cause },
  );
}
