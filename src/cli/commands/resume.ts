import { resumeRun } from '../../run/training-run.ts';
import { usualThreads } from '../../run/usual-threads.ts';
import { getRun, type Run } from '../../store/runs.ts';
import { limits } from '../../train/limits.ts';
import { askTraining } from '../ask-training.ts';
import { budgetOf } from '../budget.ts';
import { argument, type Cli, defineCommand, flag, option } from '../define-command.ts';
import { checkDevice, type DeviceChoice, deviceChoices, fasterForRun } from '../devices.ts';
import { engineChoices } from '../engines.ts';
import { followTraining } from '../follow-training.ts';
import { count } from '../format.ts';
import { oneOf, typed } from '../forms.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';
import { torchChoices, torchOptions } from '../torch-options.ts';

export const resume = defineCommand({
  arguments: { run: argument(runAbout, runChoice) },
  options: {
    engine: option(
      'NAME',
      "onnx, tfjs or torch (default: the run's own)",
      oneOf(engineChoices).optional(),
    ),
    threads: option(
      'N',
      "threads to compute with (default: the run's own; another number changes the last digits)",
      typed(limits.threads).optional(),
    ),
    device: option(
      'NAME',
      "cpu, gpu or auto (default: the run's own; another changes the last digits)",
      oneOf(deviceChoices).optional(),
    ),
    ...torchOptions,
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
  run: (cli, { run: choice, engine, threads, device, serve, json, ...given }) =>
    withStore(cli, async (store) => {
      const run = runIdOf(store, choice);
      const { machine, state, network, settings } = getRun(store, run, cli.now());
      if (state === 'paused') {
        const isRunning = (each: Pick<Run, 'state'>) => each.state === 'running';
        const { steps } = await askTraining(cli, store, run, { command: 'resume' }, isRunning);
        if (json) cli.terminal.json({ type: 'resumed', step: steps });
        else cli.terminal.print(`Run ${run} resumes from step ${count(steps)} in its own process.`);
        return;
      }
      const on = {
        engine: engine ?? machine?.engine ?? 'onnx',
        threads: threads ?? machine?.threads ?? usualThreads,
      };
      const following = {
        ...on,
        torch: torchChoices(on.engine, given, machine),
        device: await deviceOf(cli, device, on, { machine, network, settings }),
        serve,
        json,
      };
      const further = budgetOf(given);
      const wish = { ...(threads && { threads }), ...(further && { further }) };
      await followTraining(cli, store, following, (tools) => resumeRun(tools, run, wish));
    }),
});

/** What a run resumes on: by default on what it was begun on, if the engine can. */
async function deviceOf(
  { terminal }: Cli,
  chosen: DeviceChoice | undefined,
  { engine, threads }: { readonly engine: string; readonly threads: number },
  { machine, network, settings }: Pick<Run, 'machine' | 'network' | 'settings'>,
): Promise<'cpu' | 'gpu'> {
  const own = machine?.card !== undefined && engine === 'onnx' ? 'gpu' : 'cpu';
  const device = chosen ?? own;
  checkDevice(device, engine);
  if (device !== 'auto') return device;
  if (!settings) return own;
  const faster = await fasterForRun(network, settings, threads);
  terminal.note(faster.reason);
  return faster.engine.card === undefined ? 'cpu' : 'gpu';
}
