import { type Binding, type KeyScope, keyScope } from '../keys/scope.ts';
import type { Screen } from './screen.ts';

const leaving = {
  quit: {
    keys: ['q', 'ctrl-c'],
    label: 'quit',
    help: 'Quit; trainings continue. Ctrl-C also while typing',
    always: true,
  },
  mouse: {
    keys: ['ctrl-t'],
    label: '',
    help: 'Hand the mouse to the terminal to select text, or take it back to scroll and to click tabs',
    always: true,
  },
  suspend: {
    keys: ['ctrl-z'],
    label: '',
    help: 'Suspend to the shell (`fg` returns)',
    always: true,
  },
} as const satisfies Record<string, Binding>;

/** The keys that work on every screen: those that open one, by its name, and those that leave. */
export function everywhereKeys(screens: readonly Screen[]): KeyScope {
  const opening = Object.fromEntries(screens.map(({ name, open }) => [name, open]));
  return keyScope<string>('everywhere', { ...opening, ...leaving });
}
