import { isDeepStrictEqual } from 'node:util';
import { useEffect, useReducer, useRef } from 'react';
import type { Store } from '../../src/store/database.ts';
import { StoreBusy } from '../../src/store/failures.ts';
import { useProgram } from '../program.ts';
import type { StoreWatch } from './store-watch.ts';

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/**
 * What the store holds, read anew when it changes, or when what is asked for (`key`) does. A component is drawn again
 * only where it reads as something else than before.
 * @throws in the component what reading throws
 */
export function useStoreQuery<T>(key: string, read: (store: Store, now: number) => T): T {
  const { watch } = useProgram();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const known = useRef<{ key: string; outcome: Outcome<T> } | undefined>(undefined);
  const reading = useRef(read);
  reading.current = read;
  if (known.current?.key !== key) known.current = { key, outcome: attempt(watch, read) };
  useEffect(
    () =>
      watch.subscribe(() => {
        const before = known.current?.outcome;
        const outcome = attempt(watch, reading.current, before);
        if (isDeepStrictEqual(outcome, before)) return;
        known.current = { key, outcome };
        redraw();
      }),
    [watch, key],
  );
  const { outcome } = known.current;
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/** What was read; where another process holds the store for long, what was known before. */
function attempt<T>(
  watch: StoreWatch,
  read: (store: Store, now: number) => T,
  before?: Outcome<T>,
): Outcome<T> {
  try {
    return { value: read(watch.store, watch.now()) };
  } catch (error) {
    return error instanceof StoreBusy && before ? before : { error };
  }
}
