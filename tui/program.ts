import { createContext, useContext } from 'react';
import type { StoreWatch } from './data/store-watch.ts';
import type { Writing } from './data/writing.ts';
import type { BotConsole } from './processes/bot-console.ts';
import type { Trainings } from './processes/trainings.ts';
import type { InsideSession } from './screens/inside/session.ts';
import type { Theme } from './theme/theme.ts';

/** What lives as long as the dashboard does, whichever screen is open. */
export interface Program {
  readonly theme: Theme;
  readonly watch: StoreWatch;
  readonly trainings: Trainings;
  readonly writing: Writing;
  readonly inside: InsideSession;
  readonly botConsole: BotConsole;
  /** What screens leave behind for when they are opened again, by name. */
  readonly kept: Map<string, unknown>;
}

export const ProgramContext = createContext<Program | undefined>(undefined);

export function useProgram(): Program {
  const program = useContext(ProgramContext);
  if (!program) throw new TypeError('a screen stands outside the program');
  return program;
}
