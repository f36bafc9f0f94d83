/** A vector, or a matrix as its rows. */
export type Value = readonly number[] | readonly (readonly number[])[];

/**
 * Reads formulas as cells show them, such as `i = σ(W_i·x + R_i·h + b_i)`: `·` is a matrix times a vector, `∘`
 * multiplies elements, a number stands for all elements. Symbols have the values of `known`.
 */
export function formulaReader(known: ReadonlyMap<string, Value>): (formula: string) => number[] {
  return (formula) => {
    const tokens = formula.match(/[A-Za-zσ]\w*~?′?|[()+−·∘]|\d+/g) ?? [];
    let at = 0;
    const taken = (...wanted: readonly string[]) =>
      wanted.includes(tokens[at] ?? '') ? tokens[at++] : undefined;

    const sum = (): number[] => {
      let total = vector(product());
      for (let sign = taken('+', '−'); sign; sign = taken('+', '−')) {
        const other = vector(product());
        total = each(total, other, (a, b) => (sign === '+' ? a + b : a - b));
      }
      return total;
    };
    const product = (): Value => {
      let value = factor();
      for (let times = taken('·', '∘'); times; times = taken('·', '∘')) {
        const other = vector(factor());
        value =
          times === '∘'
            ? each(vector(value), other, (a, b) => a * b)
            : rows(value).map((row) => row.reduce((all, w, k) => all + w * (other[k] ?? NaN), 0));
      }
      return value;
    };
    const factor = (): Value => {
      if (taken('(')) return closed(sum());
      const token = tokens[at++] ?? '';
      if (/^\d+$/.test(token)) return [Number(token)];
      const activation = activations[token];
      if (activation && taken('(')) return closed(sum()).map(activation);
      const value = known.get(token);
      if (!value) throw new TypeError(`"${formula}" has an unknown "${token}"`);
      return value;
    };
    const closed = (value: number[]) => {
      if (!taken(')')) throw new TypeError(`"${formula}" lacks a closing bracket`);
      return value;
    };
    const value = sum();
    if (at < tokens.length) throw new TypeError(`"${formula}" goes on after it ends`);
    return value;
  };
}

const activations: Readonly<Record<string, (x: number) => number>> = {
  σ: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
};

function each(
  a: readonly number[],
  b: readonly number[],
  combine: (a: number, b: number) => number,
): number[] {
  const of = (all: readonly number[], k: number) => (all.length === 1 ? all[0] : all[k]) ?? NaN;
  return Array.from({ length: Math.max(a.length, b.length) }, (_, k) =>
    combine(of(a, k), of(b, k)),
  );
}

function vector(value: Value): number[] {
  return value.map((number) => {
    if (typeof number !== 'number') throw new TypeError('a matrix stands where a vector should');
    return number;
  });
}

function rows(value: Value): (readonly number[])[] {
  return value.map((row) => {
    if (typeof row === 'number') throw new TypeError('a vector stands where a matrix should');
    return row;
  });
}
