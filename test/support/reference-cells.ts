import type { CellName } from '../../src/network/cells/cells.ts';

/**
 * The cells a second time, one lane at a time in double precision, with the way back derived by hand: what the
 * engines' gradients are held against. It shares nothing with `src/graph`.
 */
export type Vector = Float64Array;

/** A matrix as its rows, and the gradient gathered for it. */
export interface Parameter {
  readonly rows: readonly Vector[];
  readonly gradient: readonly Vector[];
}

/** The parameters of a gate by their names. */
type Gate = (name: string) => Parameter;

export interface LaneState {
  readonly hidden: Vector;
  /** Of an LSTM; elsewhere it stays as it is. */
  readonly cell: Vector;
}

interface LaneStep {
  readonly after: LaneState;
  readonly gates: Readonly<Record<string, Vector>>;
  /** Takes the loss's gradient by the state after the step; gathers the parameters' and gives the rest. */
  back(after: LaneState): { readonly x: Vector; readonly before: LaneState };
}

type ReferenceCell = (gate: (name: string) => Gate, x: Vector, before: LaneState) => LaneStep;

const lstm: ReferenceCell = (gate, x, before) => {
  const { hidden: h, cell: c } = before;
  const i = sigmoid(weighted(gate('i'), x, h));
  const f = sigmoid(weighted(gate('f'), x, h));
  const g = tanh(weighted(gate('g'), x, h));
  const o = sigmoid(weighted(gate('o'), x, h));
  const cell = plus(times(f, c), times(i, g));
  const shown = tanh(cell);
  return {
    after: { hidden: times(o, shown), cell },
    gates: { i, f, g, o },
    back(after) {
      const dCell = plus(after.cell, times(after.hidden, o, slopeOfTanh(shown)));
      const back = [
        backThrough(gate('i'), times(dCell, g, slopeOfSigmoid(i)), x, h),
        backThrough(gate('f'), times(dCell, c, slopeOfSigmoid(f)), x, h),
        backThrough(gate('g'), times(dCell, i, slopeOfTanh(g)), x, h),
        backThrough(gate('o'), times(after.hidden, shown, slopeOfSigmoid(o)), x, h),
      ];
      return {
        x: plus(...back.map((each) => each.x)),
        before: { hidden: plus(...back.map((each) => each.h)), cell: times(dCell, f) },
      };
    },
  };
};

const gru: ReferenceCell = (gate, x, before) => {
  const { hidden: h } = before;
  const z = sigmoid(weighted(gate('z'), x, h));
  const r = sigmoid(weighted(gate('r'), x, h));
  const reset = times(r, h);
  const proposed = tanh(weighted(gate('h'), x, reset));
  const hidden = h.map((old, k) => old + at(z, k) * (at(proposed, k) - old));
  return {
    after: { ...before, hidden },
    gates: { z, r, h: proposed },
    back(after) {
      const dz = after.hidden.map((d, k) => d * (at(proposed, k) - at(h, k)));
      const byProposed = backThrough(
        gate('h'),
        times(after.hidden, z, slopeOfTanh(proposed)),
        x,
        reset,
      );
      const byZ = backThrough(gate('z'), times(dz, slopeOfSigmoid(z)), x, h);
      const byR = backThrough(gate('r'), times(byProposed.h, h, slopeOfSigmoid(r)), x, h);
      const kept = after.hidden.map((d, k) => d * (1 - at(z, k)));
      return {
        x: plus(byProposed.x, byZ.x, byR.x),
        before: { ...after, hidden: plus(kept, times(byProposed.h, r), byZ.h, byR.h) },
      };
    },
  };
};

const classic: ReferenceCell = (gate, x, before) => {
  const hidden = tanh(weighted(gate('h'), x, before.hidden));
  return {
    after: { ...before, hidden },
    gates: { h: hidden },
    back(after) {
      const delta = times(after.hidden, slopeOfTanh(hidden));
      const back = backThrough(gate('h'), delta, x, before.hidden);
      return { x: back.x, before: { ...after, hidden: back.h } };
    },
  };
};

const mingru: ReferenceCell = (gate, x, before) => {
  const { hidden: h } = before;
  const ofInput = (name: string) => plus(product(gate(name)('W'), x), column(gate(name)('b')));
  const back = (name: string, delta: Vector) => {
    gatherColumn(gate(name)('b'), delta);
    return backThroughProduct(gate(name)('W'), delta, x);
  };
  const z = sigmoid(ofInput('z'));
  const proposed = ofInput('h');
  const hidden = h.map((old, k) => (1 - at(z, k)) * old + at(z, k) * at(proposed, k));
  return {
    after: { ...before, hidden },
    gates: { z, h: proposed },
    back(after) {
      const dz = after.hidden.map((d, k) => d * (at(proposed, k) - at(h, k)));
      const byZ = back('z', times(dz, slopeOfSigmoid(z)));
      const byProposed = back('h', times(after.hidden, z));
      return {
        x: plus(byZ, byProposed),
        before: { ...after, hidden: after.hidden.map((d, k) => d * (1 - at(z, k))) },
      };
    },
  };
};

const peephole: ReferenceCell = (gate, x, before) => {
  const { hidden: h, cell: c } = before;
  const peeped = (name: string, at: Vector) =>
    sigmoid(plus(weighted(gate(name), x, h), times(column(gate(name)('p')), at)));
  const [i, f] = [peeped('i', c), peeped('f', c)];
  const g = tanh(weighted(gate('g'), x, h));
  const cell = plus(times(f, c), times(i, g));
  const o = peeped('o', cell);
  const shown = tanh(cell);
  return {
    after: { hidden: times(o, shown), cell },
    gates: { i, f, g, o },
    back(after) {
      const dO = times(after.hidden, shown, slopeOfSigmoid(o));
      const dCell = plus(
        after.cell,
        times(after.hidden, o, slopeOfTanh(shown)),
        backThroughPeephole(gate('o'), dO, cell),
      );
      const dI = times(dCell, g, slopeOfSigmoid(i));
      const dF = times(dCell, c, slopeOfSigmoid(f));
      const back = [
        backThrough(gate('i'), dI, x, h),
        backThrough(gate('f'), dF, x, h),
        backThrough(gate('g'), times(dCell, i, slopeOfTanh(g)), x, h),
        backThrough(gate('o'), dO, x, h),
      ];
      return {
        x: plus(...back.map((each) => each.x)),
        before: {
          hidden: plus(...back.map((each) => each.h)),
          cell: plus(
            times(dCell, f),
            backThroughPeephole(gate('i'), dI, c),
            backThroughPeephole(gate('f'), dF, c),
          ),
        },
      };
    },
  };
};

/** The cells that have such a witness. */
export const referenceCells: Readonly<Partial<Record<CellName, ReferenceCell>>> = {
  classic,
  lstm,
  gru,
  mingru,
  peephole,
};

/** M·x */
export function product({ rows }: Parameter, x: Vector): Vector {
  return Float64Array.from(rows, (row) => row.reduce((sum, value, k) => sum + value * at(x, k), 0));
}

/** Gathers delta·xᵀ, the gradient of M in M·x, and gives Mᵀ·delta, that of x. */
export function backThroughProduct(
  { rows, gradient }: Parameter,
  delta: Vector,
  x: Vector,
): Vector {
  const dx = new Float64Array(x.length);
  rows.forEach((row, place) => {
    const d = at(delta, place);
    row.forEach((value, k) => {
      dx[k] = at(dx, k) + value * d;
    });
    gather(
      gradient[place],
      x.map((value) => value * d),
    );
  });
  return dx;
}

/** Adds to a gradient in place. */
export function gather(gradient: Vector | undefined, more: Vector): void {
  gradient?.set(plus(gradient, more));
}

export function plus(...vectors: readonly Vector[]): Vector {
  return vectors.reduce((sum, vector) => sum.map((value, k) => value + at(vector, k)));
}

export function times(...vectors: readonly Vector[]): Vector {
  return vectors.reduce((result, vector) => result.map((value, k) => value * at(vector, k)));
}

/** Adds to the gradient of a bias [H, 1]. */
export function gatherColumn({ gradient }: Parameter, more: Vector): void {
  gradient.forEach((row, k) => {
    gather(row, more.subarray(k, k + 1));
  });
}

function weighted(gate: Gate, x: Vector, h: Vector): Vector {
  return plus(product(gate('W'), x), product(gate('R'), h), column(gate('b')));
}

/** A parameter [H, 1] as a vector. */
function column({ rows }: Parameter): Vector {
  return Float64Array.from(rows, (row) => at(row, 0));
}

function backThrough(gate: Gate, delta: Vector, x: Vector, h: Vector) {
  gatherColumn(gate('b'), delta);
  return {
    x: backThroughProduct(gate('W'), delta, x),
    h: backThroughProduct(gate('R'), delta, h),
  };
}

/** Of a gate that also sums p∘c: gathers the gradient of p and gives that of c. */
function backThroughPeephole(gate: Gate, delta: Vector, c: Vector): Vector {
  gatherColumn(gate('p'), times(delta, c));
  return times(delta, column(gate('p')));
}

const sigmoid = (x: Vector) => x.map((value) => 1 / (1 + Math.exp(-value)));
const slopeOfSigmoid = (y: Vector) => y.map((value) => value * (1 - value));
const tanh = (x: Vector) => x.map(Math.tanh);
const slopeOfTanh = (y: Vector) => y.map((value) => 1 - value * value);

export function at(vector: Vector, index: number): number {
  const value = vector[index];
  if (value === undefined) throw new RangeError(`a vector of ${vector.length} has no ${index}`);
  return value;
}
