import { useCallback, useReducer } from 'react';
import { useProgram } from '../program.ts';

/** A state that outlives the screen it belongs to; of one name there is one state, of one type. */
export function useKept<T>(
  name: string,
  initial: T,
): [value: T, set: (next: T | ((before: T) => T)) => void] {
  const { kept } = useProgram();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  if (!kept.has(name)) kept.set(name, initial);
  const set = useCallback(
    (next: T | ((before: T) => T)) => {
      kept.set(name, next instanceof Function ? next(kept.get(name) as T) : next);
      redraw();
    },
    [kept, name],
  );
  return [kept.get(name) as T, set];
}
