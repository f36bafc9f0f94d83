import type { Run } from '../../src/store/runs.ts';
import { count } from '../drawing/numbers.ts';
import type { Shell } from '../shell/shell.ts';

/**
 * Resumes a run. One that has no checkpoint to go on from would start over and lose its curve: that is asked first.
 * @param resume starts the training
 */
export function askToResume(
  { id, steps }: Pick<Run, 'id' | 'steps'>,
  hasCheckpoint: boolean,
  resume: () => void,
  shell: Pick<Shell, 'ask' | 'attempt'>,
): void {
  const start = () => shell.attempt(resume);
  if (hasCheckpoint || steps === 0) start();
  else
    shell.ask({
      text: `Run ${id} has no checkpoint to resume from. Start over, losing its ${count(steps)} steps?`,
      yes: start,
    });
}
