import type { RunEvent } from './run-event.ts';

/** What the log of a run says of an event; undefined of steps and samples, which are kept as they are. */
export function logWords(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'run': {
      const { resumedAt, steps } = event;
      return resumedAt > 0
        ? `Resumed from step ${count(resumedAt)} of ${count(steps)}.`
        : `Started, for ${count(steps)} steps.`;
    }
    case 'evaluation': {
      const best = event.best ? ', the best so far' : '';
      return `Step ${count(event.step)}: ${event.bitsPerCharacter.toFixed(3)} bits per character on the held-out part${best}`;
    }
    case 'checkpoint':
      // The best one comes with its evaluation.
      return event.kind === 'best' ? undefined : `Step ${count(event.step)}: saved a checkpoint.`;
    case 'recovery':
      return `The loss became NaN at step ${count(event.step)}: going back to step ${count(event.backTo)}, with half the learning rate.`;
    case 'paused':
    case 'resumed':
      return event.type === 'paused' ? 'Paused.' : 'Resumed.';
    case 'notice':
      return event.text;
    case 'done':
      return `${endings[event.reason]} at step ${count(event.step)}.`;
    case 'step':
    case 'sample':
      return undefined;
  }
}

const endings = {
  budget: 'Finished',
  patience: 'Stopped early, no longer improving,',
  stopped: 'Stopped',
} as const;

function count(value: number): string {
  return value.toLocaleString('en-US');
}
