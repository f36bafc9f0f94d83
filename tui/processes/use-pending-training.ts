import { useSyncExternalStore } from 'react';
import { useProgram } from '../program.ts';
import type { PendingTraining } from './trainings.ts';

/** The training that is about to begin, or could not. */
export function usePendingTraining(): PendingTraining | undefined {
  const { trainings } = useProgram();
  return useSyncExternalStore(trainings.subscribe, trainings.pending);
}
