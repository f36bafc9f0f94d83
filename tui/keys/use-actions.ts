import { createContext, useContext, useLayoutEffect, useRef } from 'react';
import type { Keyboard, Layer, TextSink } from './keyboard.ts';
import type { KeyScope } from './scope.ts';

export const KeyboardContext = createContext<Keyboard | undefined>(undefined);

/** What a part of the screen does on the keys of its scope, as long as it is there. */
export function useActions<Action extends string>(
  scope: KeyScope<Action>,
  actions: { readonly [each in Action]?: ((key: string) => void) | undefined },
  {
    sink,
    modal = false,
    active = true,
  }: { sink?: TextSink; modal?: boolean; active?: boolean } = {},
): void {
  const keyboard = useContext(KeyboardContext);
  if (!keyboard) throw new TypeError('a screen stands outside the program');
  const layer: Layer = { scope, actions, modal, ...(sink ? { sink } : {}) };
  const place = useRef<ReturnType<Keyboard['add']> | undefined>(undefined);
  const latest = useRef(layer);
  latest.current = layer;
  useLayoutEffect(() => {
    if (!active) return;
    const added = keyboard.add(latest.current);
    place.current = added;
    return () => {
      place.current = undefined;
      added.remove();
    };
  }, [keyboard, active]);
  useLayoutEffect(() => place.current?.change(latest.current));
}
