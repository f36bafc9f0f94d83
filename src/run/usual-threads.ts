import { availableParallelism } from 'node:os';

/** The default number of threads: more than eight help little with networks of this kind. */
export const usualThreads = Math.min(8, availableParallelism());
