import { createContext, useContext } from 'react';

export const screenNames = ['train', 'runs', 'new', 'write', 'inside', 'bot', 'help'] as const;
export type ScreenName = (typeof screenNames)[number];

/** The room that a screen has, in characters. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Something that is asked before it is done. */
export interface Question {
  readonly text: string;
  readonly yes: () => void;
}

/** Something said below the screen until the next key. */
export interface Notice {
  readonly kind: 'done' | 'failed';
  readonly text: string;
  readonly remedy?: string;
}

/** What screens can ask of the program around them. */
export interface Shell {
  open(screen: ScreenName): void;
  /** The screen that was open before this one. */
  readonly before: ScreenName;
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
