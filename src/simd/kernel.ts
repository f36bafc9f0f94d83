import {
  constant,
  get,
  instructions,
  load,
  moduleOf,
  repeat,
  set,
  store,
  types,
  type WasmFunction,
} from './assembler.ts';
import { pageBytes, type SharedPages } from './memory.ts';

/** A number for each place of the arrays, from those that the arrays and the scalars named in it have there. */
export type Formula<Name extends string> =
  | Name
  | readonly ['sqrt', Formula<Name>]
  | readonly ['add' | 'sub' | 'mul' | 'div', Formula<Name>, Formula<Name>];

/** What a kernel reads and writes. */
export interface KernelDefinition<Array extends string, Scalar extends string> {
  readonly arrays: readonly Array[];
  readonly scalars: readonly Scalar[];
  /** What arrays become, one after the other: a formula sees what those before it have made. */
  readonly assign: readonly (readonly [array: Array, formula: Formula<Array | Scalar>])[];
  /** The array the squares of whose numbers are summed up, as they are in the end. */
  readonly squares?: Array;
}

/**
 * Goes over arrays of one length, in place. Gives the sum of squares, in double precision, or 0 where none is asked for.
 *
 * @throws RangeError if their lengths differ
 */
export type Kernel<Array extends string, Scalar extends string> = (
  arrays: Readonly<Record<Array, Float32Array>>,
  scalars: Readonly<Record<Scalar, number>>,
) => number;

/** How many numbers of each array go through at once: few enough for the processor's nearest memory. */
const block = 1024;
const bytesPerNumber = Float32Array.BYTES_PER_ELEMENT;
const numbersPerVector = 4;

/**
 * A loop in single precision, four numbers at a time, which JavaScript's own loops cannot do. It is WebAssembly,
 * compiled when first used, with the arrays carried block by block through a page of memory that is one thread's
 * own: a memory that held whole networks would end at 4 GB. The same numbers come out on every machine.
 */
export function kernel<Array extends string, Scalar extends string>(
  definition: KernelDefinition<Array, Scalar>,
  memory: SharedPages,
  page: number,
): Kernel<Array, Scalar> {
  const { arrays, scalars } = definition;
  if (arrays.length * block * bytesPerNumber > pageBytes) {
    throw new RangeError(`a page has no room for ${arrays.length} arrays`);
  }
  const begin = page * pageBytes;
  const changed = changedBy(definition);
  const staged = arrays.map((name, index) => ({
    name,
    isChanged: changed.has(name),
    numbers: new Float32Array(memory.buffer, begin + index * block * bytesPerNumber, block),
  }));
  let run: Run | undefined;
  return (data, values) => {
    run ??= instantiate(kernelFunction(definition), memory);
    const scalarValues = scalars.map((name) => values[name]);
    const [length = 0, ...others] = arrays.map((name) => data[name].length);
    if (others.some((other) => other !== length)) {
      throw new RangeError(`the arrays are ${[length, ...others].join(', ')} numbers long`);
    }
    let squares = 0;
    for (let first = 0; first < length; first += block) {
      const count = Math.min(block, length - first);
      for (const { name, numbers } of staged) {
        numbers.set(data[name].subarray(first, first + count));
        numbers.fill(0, count, Math.ceil(count / numbersPerVector) * numbersPerVector);
      }
      squares += run(begin, begin + count * bytesPerNumber, ...scalarValues);
      for (const { name, isChanged, numbers } of staged) {
        if (isChanged) data[name].set(numbers.subarray(0, count), first);
      }
    }
    return squares;
  };
}

type Run = (begin: number, end: number, ...scalars: readonly number[]) => number;

function instantiate(loop: WasmFunction, memory: SharedPages): Run {
  const module = new WebAssembly.Module(moduleOf(loop));
  return new WebAssembly.Instance(module, { '': { memory } }).exports.run;
}

/** What is used here of an interface that the types of ECMAScript and of Node leave out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly '': { readonly memory: SharedPages } },
  ) => { readonly exports: { readonly run: Run } };
};

function changedBy<Array extends string, Scalar extends string>({
  assign,
}: KernelDefinition<Array, Scalar>): ReadonlySet<Array> {
  return new Set(assign.map(([array]) => array));
}

/** A function of where the first array's block begins and where the numbers in use of it end, and of the scalars. */
function kernelFunction<Array extends string, Scalar extends string>(
  definition: KernelDefinition<Array, Scalar>,
): WasmFunction {
  const { arrays, scalars, assign, squares } = definition;
  const [at, end] = [0, 1];
  const scalar = (index: number) => 2 + index;
  const first = scalar(scalars.length);
  const locals = new Map<string, number>(
    [...arrays, ...scalars].map((name, index) => [name, first + index]),
  );
  const [low, high] = [first + locals.size, first + locals.size + 1]; // sums of two squares each
  const local = (name: string) => {
    const number = locals.get(name);
    if (number === undefined) throw new TypeError(`the loop has no "${name}"`);
    return number;
  };
  const offset = (array: Array) => arrays.indexOf(array) * block * bytesPerNumber;

  const compute = (formula: Formula<Array | Scalar>): number[] => {
    if (typeof formula === 'string') return get(local(formula));
    const [operation, ...operands] = formula;
    return [...operands.flatMap(compute), ...instructions[operation]];
  };
  const addSquares = (sum: number, pair: readonly number[]) => [
    ...get(sum),
    ...[...pair, ...instructions.widen],
    ...[...pair, ...instructions.widen],
    ...instructions.mulDoubles,
    ...instructions.addDoubles,
    ...set(sum),
  ];
  const body = [
    ...arrays.flatMap((array) => [...get(at), ...load(offset(array)), ...set(local(array))]),
    ...assign.flatMap(([array, formula]) => [...compute(formula), ...set(local(array))]),
    ...[...changedBy(definition)].flatMap((array) => [
      ...get(at),
      ...get(local(array)),
      ...store(offset(array)),
    ]),
    ...(squares === undefined
      ? []
      : [
          ...addSquares(low, get(local(squares))),
          ...addSquares(high, [
            ...get(local(squares)),
            ...get(local(squares)),
            ...instructions.lastAndFirst,
          ]),
        ]),
    ...[...get(at), ...constant(numbersPerVector * bytesPerNumber), ...instructions.i32Add],
    ...set(at),
  ];
  const sum = [...get(low), ...get(high), ...instructions.addDoubles];
  return {
    parameters: [types.i32, types.i32, ...scalars.map(() => types.f32)],
    results: [types.f64],
    locals: Array.from({ length: locals.size + 2 }, () => types.v128),
    body: [
      ...scalars.flatMap((name, index) => [
        ...get(scalar(index)),
        ...instructions.splat,
        ...set(local(name)),
      ]),
      ...repeat(body, [...get(at), ...get(end), ...instructions.i32LessThan]),
      ...[...sum, ...instructions.firstDouble],
      ...[...sum, ...instructions.secondDouble],
      ...instructions.f64Add,
    ],
  };
}
