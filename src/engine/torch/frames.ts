import { z } from 'zod';
import { elements } from '../../network/parameters.ts';

/** An array as it is sent to Python and comes from there. */
export interface SentArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}

/** What comes from Python: its head, and arrays by name. */
export interface Frame {
  readonly head: unknown;
  readonly arrays: Readonly<Record<string, SentArray>>;
}

const types = { f32: Float32Array, f64: Float64Array, i32: Int32Array } as const;
const listSchema = z.object({
  arrays: z.array(z.tuple([z.string(), z.enum(['f32', 'f64', 'i32']), z.array(z.int().min(0))])),
});

/** The lengths of head and arrays, an unsigned 32-bit number each. */
const prefixLength = 8;

/** The bytes of a frame as `escriba_torch.py` says it, in pieces that share the arrays' memory. */
export function frameBytes(
  head: Readonly<Record<string, unknown>>,
  arrays: Readonly<Record<string, SentArray>>,
): Uint8Array[] {
  const list = Object.entries(arrays).map(([name, { shape, data }]) => [name, typeOf(data), shape]);
  const text = JSON.stringify({ ...head, arrays: list });
  const length = Math.ceil(Buffer.byteLength(text) / 8) * 8;
  const begin = Buffer.alloc(prefixLength + length, ' ');
  const data = Object.values(arrays).map(
    ({ data: { buffer, byteOffset, byteLength } }) =>
      new Uint8Array(buffer, byteOffset, byteLength),
  );
  begin.writeUInt32LE(length, 0);
  begin.writeUInt32LE(
    data.reduce((sum, { byteLength }) => sum + byteLength, 0),
    4,
  );
  begin.write(text, prefixLength);
  return [begin, ...data];
}

function typeOf(data: SentArray['data']): keyof typeof types {
  if (data instanceof Int32Array) return 'i32';
  return data instanceof Float64Array ? 'f64' : 'f32';
}

/** Puts frames together from the bytes that come in. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #length = 0;
  /** The bytes of the next frame, once its first eight are here; those eight until then. */
  #needed = prefixLength;

  /** The frames that these bytes complete. @throws ZodError, SyntaxError for what is no frame */
  *take(bytes: Uint8Array): Generator<Frame> {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    while (this.#length >= this.#needed) {
      const data = Buffer.concat(this.#chunks, this.#length);
      const whole = prefixLength + data.readUInt32LE(0) + data.readUInt32LE(4);
      const rest = whole <= data.length ? data.subarray(whole) : data;
      if (whole <= data.length) yield readFrame(data.subarray(0, whole));
      this.#chunks = [rest];
      this.#length = rest.length;
      this.#needed = whole <= data.length ? prefixLength : whole;
    }
  }
}

function readFrame(data: Buffer): Frame {
  const headEnd = prefixLength + data.readUInt32LE(0);
  const head: unknown = JSON.parse(data.toString('utf8', prefixLength, headEnd));
  let at = headEnd;
  const arrays = listSchema.parse(head).arrays.map(([name, type, shape]) => {
    const Type = types[type];
    const end = at + elements(shape) * Type.BYTES_PER_ELEMENT;
    // A copy: it begins where an array of numbers may begin.
    const { buffer } = Uint8Array.from(data.subarray(at, end));
    at = end;
    return [name, { shape, data: new Type(buffer) }] as const;
  });
  return { head, arrays: Object.fromEntries(arrays) };
}
