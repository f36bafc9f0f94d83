import { useProgram } from '../program.ts';
import { useStoreQuery } from './use-store-query.ts';

/** How often it is another time, in milliseconds. */
const every = 60_000;

/** The time, for what says how long ago something was: that grows older also where nothing is written. */
export function useNow(): number {
  useStoreQuery('now', (_, now) => Math.floor(now / every));
  return useProgram().watch.now();
}
