import type { StoredNetwork } from '../run/models.ts';
import { bits, count } from './format.ts';

/** `run 3, step 1,200, 1.523 bits per character` */
export function describeModel({ run, checkpoint }: StoredNetwork): string {
  const { step, bitsPerCharacter } = checkpoint;
  const figure = bitsPerCharacter === null ? '' : `, ${bits(bitsPerCharacter)} bits per character`;
  return `run ${run.id}, step ${count(step)}${figure}`;
}
