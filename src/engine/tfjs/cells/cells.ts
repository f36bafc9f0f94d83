import type { CellName } from '../../../network/cells/cells.ts';
import { type Kernels, kernelsOf } from '../kernels.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { Cell } from './cell.ts';
import { classic } from './classic.ts';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';

/** Every cell by its name. */
const cells: Readonly<Record<CellName, (kernels: Kernels) => Cell>> = { classic, lstm, gru };

/** The cell of that name, computed with TensorFlow's kernels. */
export function cellOf(tf: TensorFlow, name: CellName): Cell {
  return cells[name](kernelsOf(tf));
}
