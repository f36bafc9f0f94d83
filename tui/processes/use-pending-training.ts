import { useSyncExternalStore } from 'react';
import { useProgram } from '../program.ts';
import type { PendingTraining, QueuedTraining } from './trainings.ts';

/** The training that is about to begin, or could not. */
export function usePendingTraining(): PendingTraining | undefined {
  const { trainings } = useProgram();
  return useSyncExternalStore(trainings.subscribe, trainings.pending);
}

/** The trainings that wait for their turn. */
export function useQueuedTrainings(): readonly QueuedTraining[] {
  const { trainings } = useProgram();
  return useSyncExternalStore(trainings.subscribe, trainings.queued);
}
