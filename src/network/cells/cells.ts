import type { Cell } from './cell.ts';
import { classic } from './classic.ts';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';
import { mingru } from './mingru.ts';
import { peephole } from './peephole.ts';

/** Every cell by its name: a new one is a file and a line here. */
export const cells = {
  classic,
  lstm,
  gru,
  mingru,
  peephole,
} as const satisfies Readonly<Record<string, Cell>>;

/** The name of a cell in options, settings and files. */
export type CellName = keyof typeof cells;

/** The names in the order of the table. */
export const cellNames: readonly CellName[] = Object.keys(cells).filter((name) => isCellName(name));

/** The cell of a network, by its name. */
export function cellNamed(name: CellName): Cell {
  return cells[name];
}

/** Its formulas as they are shown, one line for each gate and state: `c′ = f∘c + i∘g`. */
export function cellFormulas(name: CellName): string[] {
  return cells[name].vectors.map(({ formula }) => formula);
}

function isCellName(name: string): name is CellName {
  return Object.hasOwn(cells, name);
}
