import type { CellName } from '../../../network/config.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { Cell } from './cell.ts';
import { classic } from './classic.ts';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';

/** Every cell by its name. */
export const cells: Readonly<Record<CellName, (tf: TensorFlow) => Cell>> = { classic, lstm, gru };
