import { useCallback, useReducer } from 'react';
import { type Program, useProgram } from '../program.ts';

/** A state that outlives the screen that declares it: one of each program. */
export interface PersistentState<T> {
  of(program: Program): { value: T };
}

/** Declares one, beside what uses it. @param initial what it is in a new program */
export function persistentState<T>(initial: (program: Program) => T): PersistentState<T> {
  const known = new WeakMap<Program, { value: T }>();
  return {
    of(program) {
      const state = known.get(program) ?? { value: initial(program) };
      known.set(program, state);
      return state;
    },
  };
}

export function usePersistentState<T>(
  declared: PersistentState<T>,
): [value: T, set: (next: T | ((before: T) => T)) => void] {
  const state = declared.of(useProgram());
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const set = useCallback(
    (next: T | ((before: T) => T)) => {
      state.value = next instanceof Function ? next(state.value) : next;
      redraw();
    },
    [state],
  );
  return [state.value, set];
}
