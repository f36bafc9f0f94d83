import { createContext, useContext } from 'react';
import type { Deletions } from './data/deletions.ts';
import type { StoreWatch } from './data/store-watch.ts';
import type { Writing } from './data/writing.ts';
import type { BotConsole } from './processes/bot-console.ts';
import type { TextAdding } from './processes/text-adding.ts';
import type { Trainings } from './processes/trainings.ts';
import type { Theme } from './theme/theme.ts';

/** What lives as long as the dashboard does, whichever screen is open. */
export interface Program {
  readonly theme: Theme;
  /** Whether the mouse scrolls and opens screens, until a person wants it otherwise. */
  readonly mouse: boolean;
  readonly watch: StoreWatch;
  readonly trainings: Trainings;
  readonly deletions: Deletions;
  readonly textAdding: TextAdding;
  readonly writing: Writing;
  readonly botConsole: BotConsole;
  /** Has something closed when the dashboard is left. */
  readonly closeAtEnd: (close: () => Promise<void>) => void;
}

export const ProgramContext = createContext<Program | undefined>(undefined);

export function useProgram(): Program {
  const program = useContext(ProgramContext);
  if (!program) throw new TypeError('a screen stands outside the program');
  return program;
}
