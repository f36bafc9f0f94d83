import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadInput } from '../../src/errors.ts';
import { readSafetensors, writeSafetensors } from '../../src/network/safetensors.ts';

const arrays = {
  first: { shape: [2, 3], data: Float32Array.of(1, -2, 0.5, 3, 0, 1 / 3) },
  second: { shape: [1], data: Float32Array.of(7) },
};
const metadata = { vocabulary: '["\\n","“"]', note: '' };

/** A file by its parts, as another program would write it. */
function fileOf(header: string, data: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(header);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  return Uint8Array.from([...length, ...json, ...data]);
}

const bytesOf = (...parts: readonly Float32Array[]) =>
  new Uint8Array(Float32Array.of(...parts.flatMap((part) => [...part])).buffer);

describe('a written file', () => {
  test('is laid out as the format says', () => {
    const file = writeSafetensors({ arrays, metadata: { by: 'é' } });
    const header =
      '{"__metadata__":{"by":"é"},' +
      '"first":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},' +
      '"second":{"dtype":"F32","shape":[1],"data_offsets":[24,28]}}';
    // Its length in bytes is a multiple of 8, as é takes two.
    const padded = header + ' '.repeat(7 - (header.length % 8));
    const data = Float32Array.of(...arrays.first.data, ...arrays.second.data);
    expect(file).toEqual(fileOf(padded, bytesOf(data)));
  });

  test('is read again as it was', () => {
    expect(readSafetensors(writeSafetensors({ arrays, metadata }))).toEqual({ arrays, metadata });
  });

  test('in half precision holds what is nearest', () => {
    const file = writeSafetensors({ arrays, metadata }, 'F16');
    const read = readSafetensors(file).arrays;
    expect(read.second).toEqual(arrays.second);
    expect(read.first?.data).toEqual(Float32Array.of(1, -2, 0.5, 3, 0, 1365 / 4096));
    expect(file.length).toBeLessThan(writeSafetensors({ arrays, metadata }).length);
  });
});

describe('a file of eight bits a weight', () => {
  const matrix = { shape: [2, 3], data: Float32Array.of(12.7, -6.35, 0, 0.02, 0.254, -0.1) };
  const file = writeSafetensors({ arrays: { matrix, second: arrays.second }, metadata }, 'I8');

  test('holds whole numbers, and a scale for each row by which they are multiplied', () => {
    const [, header = ''] = /^.{8}(\{.*\}) *\n?/s.exec(Buffer.from(file).toString('latin1')) ?? [];
    const { __metadata__: _, ...entries } = JSON.parse(
      header.slice(0, header.lastIndexOf('}}') + 2),
    );
    expect(entries).toEqual({
      'matrix.scale': { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] },
      second: { dtype: 'F32', shape: [1], data_offsets: [8, 12] },
      matrix: { dtype: 'I8', shape: [2, 3], data_offsets: [12, 18] },
    });
    expect([...new Int8Array(file.slice(-6).buffer)]).toEqual([127, -63, 0, 10, 127, -50]);
  });

  test('is read as weights of single precision, each at most half a step off', () => {
    const read = readSafetensors(file).arrays;
    expect(Object.keys(read).toSorted()).toEqual(['matrix', 'second']);
    expect(read.second).toEqual(arrays.second);
    expect(read.matrix?.shape).toEqual([2, 3]);
    [12.7, -6.3, 0, 0.02, 0.254, -0.1].forEach((weight, place) => {
      expect(read.matrix?.data[place]).toBeCloseTo(weight, 6);
    });
  });

  test('written again is the same file: rounding what was rounded changes nothing', () => {
    const again = writeSafetensors({ arrays: readSafetensors(file).arrays, metadata }, 'I8');
    expect(readSafetensors(again)).toEqual(readSafetensors(file));
  });
});

describe('a file of another program', () => {
  const entry = { dtype: 'F32', shape: [2, 3], data_offsets: [4, 28] };
  const single = { dtype: 'F32', shape: [], data_offsets: [0, 4] };
  const data = bytesOf(Float32Array.of(7, ...arrays.first.data));
  const written = (header: unknown, bytes = data) => fileOf(JSON.stringify(header), bytes);

  const withNumber = (number: number) =>
    written({ single, entry }, bytesOf(Float32Array.of(7), arrays.first.data.with(3, number)));

  test('may have its numbers in other precisions, read as nearly as single precision can', () => {
    // 1, -2.5 and 3.140625 as the upper halves of their single-precision words.
    const halves = Uint8Array.of(0x80, 0x3f, 0x20, 0xc0, 0x49, 0x40);
    const doubles = new Uint8Array(Float64Array.of(1 / 3, -1e-30).buffer);
    const file = written(
      {
        brain: { dtype: 'BF16', shape: [3], data_offsets: [0, 6] },
        double: { dtype: 'F64', shape: [2], data_offsets: [6, 22] },
      },
      Uint8Array.of(...halves, ...doubles),
    );
    expect(readSafetensors(file).arrays).toEqual({
      brain: { shape: [3], data: Float32Array.of(1, -2.5, 3.140625) },
      double: { shape: [2], data: Float32Array.of(1 / 3, -1e-30) },
    });
  });

  test('may have its arrays in any order, at any address, and no metadata', () => {
    const file = written({
      entry,
      empty: { ...single, shape: [0, 4], data_offsets: [4, 4] },
      single,
    });
    // As `readFile` gives it: a part of a larger buffer.
    const part = Buffer.concat([Buffer.of(0), file]).subarray(1);
    expect(readSafetensors(part)).toEqual({
      arrays: {
        entry: arrays.first,
        empty: { shape: [0, 4], data: new Float32Array() },
        single: { shape: [], data: Float32Array.of(7) },
      },
      metadata: {},
    });
  });

  test('is refused wherever it ends too early', () => {
    const file = writeSafetensors({ arrays, metadata });
    fc.assert(
      fc.property(fc.nat(file.length - 1), (length) => {
        expect(() => readSafetensors(file.subarray(0, length))).toThrow(BadInput);
      }),
    );
  });

  test.each([
    ['with bytes left over', written({ single }), 'its header tells of 4 bytes of data, and 28'],
    ['with a header that is not JSON', fileOf('{"single":', data), 'its header is not JSON'],
    ['with a header that is not text', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff), 'is not JSON'],
    ['with a header that is no object', fileOf('[]', data), 'the header has not the form'],
    [
      'with a header beyond its end',
      fileOf(`{}${' '.repeat(90)}`, data).fill(0xff, 0, 8),
      'its header cannot be 18446744073709551615 bytes long, in a file of 128',
    ],
    ['with an entry that lacks its type', written({ a: { ...entry, dtype: 1 } }), 'entry "a"'],
    [
      'with metadata that is not text',
      written({ __metadata__: { a: 1 }, single, entry }),
      'metadata',
    ],
    ['with a gap', written({ entry }), '"entry" begins at byte 4 of the data, not at 0'],
    [
      'with arrays on top of each other',
      written({ entry, single: { ...single, data_offsets: [0, 8] } }),
      '"entry" begins at byte 4 of the data, not at 8',
    ],
    [
      'with a shape that does not fill its bytes',
      written({ single, entry: { ...entry, shape: [2, 2] } }),
      '"entry" of F32 [2, 2] is 24 bytes, not 16',
    ],
    [
      'with numbers of another type',
      written({ single, entry: { ...entry, dtype: 'I16' } }),
      '"entry" in the safetensors file has elements of the type I16; F32, F16, BF16, F64, I8 can be read.',
    ],
    [
      'with eight-bit numbers that have no scales',
      written({ single, entry: { dtype: 'I8', shape: [2, 12], data_offsets: [4, 28] } }),
      'has elements of the type I8 [2, 12], and there are no scales "entry.scale" [2, 1] for its rows.',
    ],
    [
      'with an eight-bit number that its scale makes infinite',
      written(
        {
          'entry.scale': { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] },
          entry: { dtype: 'I8', shape: [1, 4], data_offsets: [4, 8] },
        },
        Uint8Array.of(...bytesOf(Float32Array.of(3e38)), 0, 0, 127, 0),
      ),
      '"entry" in the safetensors file is Infinity at [0, 2].',
    ],
    [
      'with fewer scales than rows',
      written({
        'entry.scale': { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
        entry: { dtype: 'I8', shape: [2, 12], data_offsets: [4, 28] },
      }),
      'there are no scales "entry.scale" [2, 1] for its rows.',
    ],
    [
      'with a key twice',
      fileOf(
        `{"single":${JSON.stringify(single)},"entry":${JSON.stringify(entry)},"single" :${JSON.stringify(single)}}`,
        data,
      ),
      'its header has the key "single" twice',
    ],
    [
      'with a number that is none',
      withNumber(Number.NaN),
      '"entry" in the safetensors file is NaN at [1, 0].',
    ],
    [
      'with an infinite number',
      withNumber(-1 / 0),
      '"entry" in the safetensors file is -Infinity at [1, 0].',
    ],
    [
      'that Git LFS stands in for',
      new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n'),
      'This is a Git LFS pointer to a file, not a safetensors file.',
    ],
    [
      'that torch.save wrote',
      new TextEncoder().encode('PK\x03\x04 archive/data.pkl ...'),
      'This is a PyTorch checkpoint (torch.save), not a safetensors file.',
    ],
    [
      'that Keras wrote',
      new TextEncoder().encode('PK\x03\x04 config.json model.weights.h5 ...'),
      'This is a Keras model (.keras), not a safetensors file.',
    ],
    ['that is a pickle', Uint8Array.of(0x80, 4, 0x95, 0, 0, 0, 0, 0, 0), 'This is a Python pickle'],
  ])('is refused %s', (_, file, message) => {
    expect(() => readSafetensors(file)).toThrow(message);
    expect(() => readSafetensors(file)).toThrow(BadInput);
  });
});
