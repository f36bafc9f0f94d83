import { endianness } from 'node:os';
import { z } from 'zod';
import { EscribaError } from '../errors.ts';
import type { NamedArrays } from '../network/config.ts';
import type { Store } from './database.ts';
import { json, parseRow } from './rows.ts';

/** `weights`: what a checkpoint serves. `state`: what resuming needs. */
export type TensorPart = 'weights' | 'state';

/** SQLite's limit for one blob, in bytes. */
const blobLimit = 1_000_000_000;

const tensorSchema = z.object({
  name: z.string(),
  type: z.literal('f32'),
  shape: json(z.array(z.int().nonnegative())),
  data: z.instanceof(Uint8Array),
});

/** Writes arrays, each as one blob of float32, low byte first. */
export function writeTensors(
  store: Store,
  checkpoint: number,
  part: TensorPart,
  arrays: NamedArrays,
): void {
  refuseOtherByteOrder(endianness());
  for (const [place, [name, { shape, data }]] of Object.entries(arrays).entries()) {
    if (data.byteLength > blobLimit) {
      throw new EscribaError(
        `The array ${name} takes ${data.byteLength} bytes; the store keeps up to ${blobLimit} in one array.`,
        'Train a smaller network.',
      );
    }
    store.write(
      `INSERT INTO tensors VALUES (@checkpoint, @part, @place, @name, 'f32', @shape, @data)`,
      {
        checkpoint,
        part,
        place,
        name,
        shape: JSON.stringify(shape),
        data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      },
    );
  }
}

/** Reads the arrays of one part of a checkpoint, in the order in which they were written. */
export function readTensors(store: Store, checkpoint: number, part: TensorPart): NamedArrays {
  refuseOtherByteOrder(endianness());
  const rows = store.rows(
    `SELECT name, type, shape, data FROM tensors
     WHERE checkpoint = @checkpoint AND part = @part ORDER BY place`,
    { checkpoint, part },
  );
  return Object.fromEntries(
    rows.map((row) => {
      const { name, shape, data } = parseRow(tensorSchema, row, `Checkpoint ${checkpoint}`);
      const array = new Float32Array(shape.reduce((size, length) => size * length, 1));
      if (array.byteLength !== data.byteLength) {
        throw new EscribaError(
          `Checkpoint ${checkpoint} is damaged in the store: the array ${name} has ${data.byteLength} bytes where its shape wants ${array.byteLength}.`,
          'Use another checkpoint, or restore the store from a backup.',
        );
      }
      // SQLite's bytes need not lie where a Float32Array could look at them.
      new Uint8Array(array.buffer).set(data);
      return [name, { shape, data: array }];
    }),
  );
}

/** @throws EscribaError on a machine that keeps the high byte first */
export function refuseOtherByteOrder(order: 'LE' | 'BE'): void {
  if (order === 'LE') return;
  throw new EscribaError(
    'This machine is big-endian; the store is little-endian.',
    'Use Escriba on an x86-64 or ARM machine.',
  );
}
