import { cells } from './cells/cells.ts';
import type { NetworkConfig } from './config.ts';

/** A network in short, its layers times their hidden size: `LSTM 2 × 512`. */
export function networkNotation({
  cell,
  layers,
  hidden,
}: Pick<NetworkConfig, 'cell' | 'layers' | 'hidden'>): string {
  return `${cells[cell].title} ${layers} × ${hidden}`;
}
