import { createContext, useContext } from 'react';
import type { Screen } from './screen.ts';

/** Something that is asked before it is done. */
export interface Question {
  readonly text: string;
  readonly yes: () => void;
}

/** Something said below the screen until the next key. */
export interface Notice {
  /** `note` is of what is not done yet. */
  readonly kind: 'done' | 'failed' | 'note';
  readonly text: string;
  readonly remedy?: string;
}

/** What screens can ask of the program around them. */
export interface Shell {
  /** Every screen, in the order of the tabs. */
  readonly screens: readonly Screen[];
  /** @throws TypeError where there is no screen of that name */
  open(screen: string): void;
  /** The screen that was open before this one. */
  readonly before: Screen;
  /** Opens it again. */
  back(): void;
  ask(question: Question): void;
  tell(notice: Notice): void;
  /** Does something; where it throws, the reason is said below the screen. Then the store is read anew. */
  attempt(work: () => void): void;
}

export const ShellContext = createContext<Shell | undefined>(undefined);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new TypeError('a screen stands outside the program');
  return shell;
}

/** What went wrong, as it is said to a person. */
export function failure(error: unknown): Notice {
  const text = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof Error && 'remedy' in error ? String(error.remedy) : undefined;
  return { kind: 'failed', text, ...(remedy ? { remedy } : {}) };
}
