import { createContext, useCallback, useContext, useReducer } from 'react';

/** What screens leave behind for when they are opened again. */
export const KeptContext = createContext<Map<string, unknown> | undefined>(undefined);

/** A state that outlives the screen it belongs to; of one name there is one state, of one type. */
export function useKept<T>(
  name: string,
  initial: T,
): [value: T, set: (next: T | ((before: T) => T)) => void] {
  const kept = useContext(KeptContext);
  if (!kept) throw new TypeError('a screen stands outside the program');
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
