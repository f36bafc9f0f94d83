import { availableParallelism } from 'node:os';

/** Processors to compute with unless told: more help little with networks of this kind. */
export const usualThreads = Math.min(8, availableParallelism());
