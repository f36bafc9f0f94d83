import { median } from '../median.ts';
import { withOwnStore } from './command.ts';

const times = 5;
/** Shown before anything is drawn. */
const seed = 'Henrique';

/** Seconds from `escriba write` to the first character after the seed: the median of five, a medium network. */
export function secondsToFirstCharacter(): Promise<number> {
  return withOwnStore(async (escriba) => {
    for await (const _ of escriba('train', 'bible', '--size', 'medium', '--steps', '3', '--json'));
    const seconds: number[] = [];
    for (let time = 0; time < times; time++) {
      const began = performance.now();
      let first: number | undefined;
      let shown = '';
      for await (const piece of escriba('write', 'bible', '--seed', seed, '--length', '50')) {
        shown += piece;
        if (shown.length > seed.length) first ??= (performance.now() - began) / 1000;
      }
      seconds.push(first ?? Number.NaN);
    }
    return median(seconds);
  });
}
