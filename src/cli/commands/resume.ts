import { resumeRun } from '../../run/training-run.ts';
import { usualThreads } from '../../run/usual-threads.ts';
import { getRun } from '../../store/runs.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { engineChoices } from '../engines.ts';
import { followTraining } from '../follow-training.ts';
import { oneOf, runNumber } from '../forms.ts';
import { withStore } from '../store.ts';

export const resume = defineCommand({
  arguments: { run: argument('the number of the run', runNumber) },
  options: {
    engine: option(
      'NAME',
      "what computes (default: the run's own)",
      oneOf(engineChoices).optional(),
    ),
    serve: flag('write for its text with this run once it is done'),
    json: flag('write each event as a line of JSON'),
  },
  run: (cli, { run, engine, serve, json }) =>
    withStore(cli, async (store) => {
      const { machine } = getRun(store, run, cli.now());
      const following = {
        engine: engine ?? machine?.engine ?? 'onnx',
        threads: machine?.threads ?? usualThreads,
        serve,
        json,
      };
      await followTraining(cli, store, following, (tools) => resumeRun(tools, run));
    }),
});
