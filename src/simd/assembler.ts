// The part of WebAssembly's binary format that a loop needs: version 1 of the core format, with vectors of 128 bits.

/** Value types. */
export const types = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

/** Instructions without operands of their own in the code: they take what the stack holds. */
export const instructions = {
  end: [0x0b],
  i32LessThan: [0x48],
  i32Add: [0x6a],
  f64Add: [0xa0],
  splat: vector(0x13),
  sqrt: vector(0xe3),
  add: vector(0xe4),
  sub: vector(0xe5),
  mul: vector(0xe6),
  div: vector(0xe7),
  /** The first two numbers of four in double precision. */
  widen: vector(0x5f),
  addDoubles: vector(0xf0),
  mulDoubles: vector(0xf2),
  firstDouble: [...vector(0x21), 0],
  secondDouble: [...vector(0x21), 1],
  /** Of two vectors: the last two numbers of the one, then the first two of the other. */
  lastAndFirst: [...vector(0x0d), ...Array.from({ length: 16 }, (_, byte) => byte + 8)],
} as const;

/** A local onto the stack, and from it. */
export const get = (local: number): number[] => [0x20, ...unsigned(local)];
export const set = (local: number): number[] => [0x21, ...unsigned(local)];

/** Four numbers from or to memory, at the address on the stack and `offset` bytes further. */
export const load = (offset: number): number[] => [...vector(0x00), 4, ...unsigned(offset)];
export const store = (offset: number): number[] => [...vector(0x0b), 4, ...unsigned(offset)];

/** A number from 0 to 63. */
export const constant = (value: number): number[] => [0x41, value];

/** What runs once, and again for as long as `condition` holds. */
export const repeat = (body: readonly number[], condition: readonly number[]): number[] => [
  ...[0x03, 0x40],
  ...body,
  ...condition,
  ...[0x0d, 0],
  ...instructions.end,
];

/** A function by its types and its instructions. */
export interface WasmFunction {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  /** Numbered after the parameters. */
  readonly locals: readonly number[];
  readonly body: readonly number[];
}

/** A module that imports a shared memory as `memory` of `''` and exports the function as `run`. */
export function moduleOf(run: WasmFunction): Uint8Array<ArrayBuffer> {
  const code = [...list(run.locals.map((type) => [1, type])), ...run.body, ...instructions.end];
  const shared = 3;
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // the format's mark and version
    ...section(1, [[0x60, ...list(bytewise(run.parameters)), ...list(bytewise(run.results))]]),
    ...section(2, [[...name(''), ...name('memory'), 2, shared, 1, ...unsigned(largestMemory)]]),
    ...section(3, [[0]]),
    ...section(7, [[...name('run'), 0, 0]]),
    ...section(10, [sized(code)]),
  ]);
}

/** The most pages that a memory can have. */
const largestMemory = 65_536;

function section(id: number, items: readonly (readonly number[])[]): number[] {
  return [id, ...sized(list(items))];
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function bytewise(values: readonly number[]): number[][] {
  return values.map((value) => [value]);
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function name(text: string): number[] {
  return sized([...new TextEncoder().encode(text)]);
}

function vector(code: number): number[] {
  return [0xfd, ...unsigned(code)];
}

/** Seven bits a byte, the lowest first (LEB128). */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
