import { setTimeout as wait } from 'node:timers/promises';
import { EscribaError } from '../../errors.ts';
import { sendCommand } from '../../store/commands.ts';
import { getRun, isUnderWay } from '../../store/runs.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { count } from '../format.ts';
import { runNumber } from '../forms.ts';
import { withStore } from '../store.ts';

/** A step of the largest network takes half a minute, an evaluation more. In milliseconds. */
const longest = 120_000;
const worthSaying = 1000;
const lookEvery = 100;

export const stop = defineCommand({
  arguments: { run: argument('the number of the run', runNumber) },
  options: { json: flag('write how it ended as JSON') },
  run: (cli, { run: id, json }) =>
    withStore(cli, async (store) => {
      const { terminal, now, monotonic } = cli;
      const goOn = `Go on with \`escriba resume ${id}\`.`;
      const asked = monotonic();
      sendCommand(store, id, { command: 'stop' }, now());
      for (;;) {
        const run = getRun(store, id, now());
        const { state, steps, reason } = run;
        if (!isUnderWay(run)) {
          terminal.endLive();
          if (json) terminal.json({ id, state, steps });
          if (state === 'failed' || state === 'died') {
            throw new EscribaError(
              `Run ${id} ${state} at step ${count(steps)}${reason === null ? '' : `: ${reason}`}.`,
              goOn,
            );
          }
          if (!json) {
            const further = state === 'finished' ? '' : ` ${goOn}`;
            terminal.print(`Run ${id} is ${state} at step ${count(steps)}.${further}`);
          }
          return;
        }
        if (monotonic() - asked > longest) {
          throw new EscribaError(
            `Run ${id} was told to stop, and has not for ${longest / 1000} seconds.`,
            'Its step may take longer still: see `escriba runs` later.',
          );
        }
        if (monotonic() - asked > worthSaying)
          terminal.live(`Waiting for run ${id} to end its step ...`);
        await wait(lookEvery);
      }
    }),
});
