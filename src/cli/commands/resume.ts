import { resumeRun } from '../../run/training-run.ts';
import { usualThreads } from '../../run/usual-threads.ts';
import { getRun, type Run } from '../../store/runs.ts';
import { limits } from '../../train/limits.ts';
import { askTraining } from '../ask-training.ts';
import { budgetOf } from '../budget.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { engineChoices } from '../engines.ts';
import { followTraining } from '../follow-training.ts';
import { count } from '../format.ts';
import { oneOf, typed } from '../forms.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

export const resume = defineCommand({
  arguments: { run: argument(runAbout, runChoice) },
  options: {
    engine: option(
      'NAME',
      "onnx or tfjs (default: the run's own)",
      oneOf(engineChoices).optional(),
    ),
    threads: option(
      'N',
      "threads to compute with (default: the run's own; another number changes the last digits)",
      typed(limits.threads).optional(),
    ),
    minutes: option(
      'N',
      'train for N more minutes than planned, even if the run has finished',
      typed(limits.minutes).optional(),
    ),
    passes: option('N', 'or N more passes (epochs)', typed(limits.passes).optional()),
    steps: option('N', 'or N more steps', typed(limits.steps).optional()),
    serve: flag('make this the active run of its text once it is done'),
    json: flag('print each event as a line of JSON'),
  },
  run: (cli, { run: choice, engine, threads, serve, json, ...given }) =>
    withStore(cli, async (store) => {
      const run = runIdOf(store, choice);
      const { machine, state } = getRun(store, run, cli.now());
      if (state === 'paused') {
        const isRunning = (each: Pick<Run, 'state'>) => each.state === 'running';
        const { steps } = await askTraining(cli, store, run, { command: 'resume' }, isRunning);
        if (json) cli.terminal.json({ type: 'resumed', step: steps });
        else cli.terminal.print(`Run ${run} resumes from step ${count(steps)} in its own process.`);
        return;
      }
      const following = {
        engine: engine ?? machine?.engine ?? 'onnx',
        threads: threads ?? machine?.threads ?? usualThreads,
        serve,
        json,
      };
      const further = budgetOf(given);
      const wish = { ...(threads && { threads }), ...(further && { further }) };
      await followTraining(cli, store, following, (tools) => resumeRun(tools, run, wish));
    }),
});
