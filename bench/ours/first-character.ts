import { median } from '../median.ts';
import { withOwnStore } from './command.ts';

const times = 5;

/** Seconds from `escriba write` to the first character on the terminal: the median of five, a medium network. */
export function secondsToFirstCharacter(): Promise<number> {
  return withOwnStore(async (escriba) => {
    for await (const _ of escriba('train', 'bible', '--size', 'medium', '--steps', '3', '--json'));
    const seconds: number[] = [];
    for (let time = 0; time < times; time++) {
      const began = performance.now();
      let first: number | undefined;
      for await (const _ of escriba('write', 'bible', '--seed', 'Henrique', '--length', '50')) {
        first ??= (performance.now() - began) / 1000;
      }
      seconds.push(first ?? Number.NaN);
    }
    return median(seconds);
  });
}
