import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import { useStoreWatch } from '../data/use-stored.ts';
import type { Beginning, Trainings } from './trainings.ts';

export const TrainingsContext = createContext<Trainings | undefined>(undefined);

/** What starts trainings, and the one that is about to begin. */
export function useTrainings(): { trainings: Trainings; beginning: Beginning | undefined } {
  const trainings = useContext(TrainingsContext);
  if (!trainings) throw new TypeError('a screen stands outside the program');
  const watch = useStoreWatch();
  useEffect(() => watch.subscribe(() => trainings.look()), [watch, trainings]);
  return { trainings, beginning: useSyncExternalStore(trainings.subscribe, trainings.beginning) };
}
