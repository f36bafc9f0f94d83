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

/** A number for each place of the arrays, from those that the arrays and the scalars named in it have there. */
export type Formula<Name extends string> =
  | Name
  | readonly ['sqrt', Formula<Name>]
  | readonly ['add' | 'sub' | 'mul' | 'div', Formula<Name>, Formula<Name>];

export interface LoopDefinition<Array extends string, Scalar extends string> {
  readonly arrays: readonly Array[];
  readonly scalars: readonly Scalar[];
  /** What arrays become, one after the other: a formula sees what those before it have made. */
  readonly becomes: readonly (readonly [array: Array, formula: Formula<Array | Scalar>])[];
  /** The array the squares of whose numbers are summed up, as they are in the end. */
  readonly squares?: Array;
}

/**
 * Goes over arrays of one length, in place. Gives the sum of squares, in double precision, or 0 where none is asked for.
 *
 * @throws RangeError if their lengths differ
 */
export type Loop<Array extends string, Scalar extends string> = (
  arrays: Readonly<Record<Array, Float32Array>>,
  scalars: Readonly<Record<Scalar, number>>,
) => number;

/** How many numbers of each array go through at once: few enough for the processor's nearest memory. */
const stretch = 1024;
const bytesPerNumber = Float32Array.BYTES_PER_ELEMENT;
const numbersPerVector = 4;

/**
 * A loop in single precision, four numbers at a time, which JavaScript's own loops cannot do. It is WebAssembly, with
 * the arrays carried through a small memory of its own stretch by stretch: a memory that held whole networks would end
 * at 4 GB. The same numbers come out on every machine.
 */
export function vectorLoop<Array extends string, Scalar extends string>(
  definition: LoopDefinition<Array, Scalar>,
): Loop<Array, Scalar> {
  const { arrays, scalars } = definition;
  const bytes = moduleOf(loopFunction(definition), arrays.length * stretch * bytesPerNumber);
  const { run, memory } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  const changed = changedBy(definition);
  const staged = arrays.map((name, index) => ({
    name,
    isChanged: changed.has(name),
    stage: new Float32Array(memory.buffer, index * stretch * bytesPerNumber, stretch),
  }));
  return (data, values) => {
    const numbers = scalars.map((name) => values[name]);
    const [length = 0, ...others] = arrays.map((name) => data[name].length);
    if (others.some((other) => other !== length)) {
      throw new RangeError(`the arrays are ${[length, ...others].join(', ')} numbers long`);
    }
    let squares = 0;
    for (let first = 0; first < length; first += stretch) {
      const count = Math.min(stretch, length - first);
      for (const { name, stage } of staged) {
        stage.set(data[name].subarray(first, first + count));
        stage.fill(0, count, Math.ceil(count / numbersPerVector) * numbersPerVector);
      }
      squares += run(count * bytesPerNumber, ...numbers);
      for (const { name, isChanged, stage } of staged) {
        if (isChanged) data[name].set(stage.subarray(0, count), first);
      }
    }
    return squares;
  };
}

/** What is used here of an interface that the types of ECMAScript and of Node leave out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: {
      readonly run: (end: number, ...scalars: readonly number[]) => number;
      readonly memory: { readonly buffer: ArrayBuffer };
    };
  };
};

function changedBy<Array extends string, Scalar extends string>({
  becomes,
}: LoopDefinition<Array, Scalar>): ReadonlySet<Array> {
  return new Set(becomes.map(([array]) => array));
}

/** A function of the bytes in use of every stretch, and of the scalars. */
function loopFunction<Array extends string, Scalar extends string>(
  definition: LoopDefinition<Array, Scalar>,
): WasmFunction {
  const { arrays, scalars, becomes, squares } = definition;
  const end = 0;
  const scalar = (index: number) => 1 + index;
  const at = scalar(scalars.length);
  const locals = new Map<string, number>(
    [...arrays, ...scalars].map((name, index) => [name, at + 1 + index]),
  );
  const [low, high] = [at + 1 + locals.size, at + 2 + locals.size]; // sums of two squares each
  const local = (name: string) => {
    const number = locals.get(name);
    if (number === undefined) throw new TypeError(`the loop has no "${name}"`);
    return number;
  };
  const offset = (array: Array) => arrays.indexOf(array) * stretch * bytesPerNumber;

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
    ...becomes.flatMap(([array, formula]) => [...compute(formula), ...set(local(array))]),
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
    parameters: [types.i32, ...scalars.map(() => types.f32)],
    results: [types.f64],
    locals: [types.i32, ...Array.from({ length: locals.size + 2 }, () => types.v128)],
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
