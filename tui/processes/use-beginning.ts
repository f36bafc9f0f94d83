import { useSyncExternalStore } from 'react';
import { useProgram } from '../program.ts';
import type { Beginning } from './trainings.ts';

/** The training that is about to begin, or could not. */
export function useBeginning(): Beginning | undefined {
  const { trainings } = useProgram();
  return useSyncExternalStore(trainings.subscribe, trainings.beginning);
}
