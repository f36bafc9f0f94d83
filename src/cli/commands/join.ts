import { joinTraining } from '../../engine/torch/join.ts';
import { usualThreads } from '../../run/usual-threads.ts';
import { limits } from '../../train/limits.ts';
import { argument, defineCommand, option } from '../define-command.ts';
import { rendezvous, typed, whole } from '../forms.ts';
import { interruptible } from '../interruption.ts';
import { torchLimits } from '../torch-options.ts';

export const join = defineCommand({
  arguments: {
    rendezvous: argument('the --rendezvous of the training: HOST:PORT of its machine', rendezvous),
  },
  options: {
    nodes: option(
      'N',
      'machines that share the batch, as the training has it',
      whole(2, torchLimits.nodes).default(2),
    ),
    processes: option(
      'N',
      'processes that share the batch on this machine',
      whole(1, torchLimits.processes).default(1),
    ),
    threads: option('N', 'threads to compute with', typed(limits.threads).default(usualThreads)),
  },
  run: (cli, { rendezvous: place, nodes, processes, threads }) =>
    interruptible(
      cli,
      async (signal) => {
        cli.terminal.note(`Computing for the training at ${place}. Press Ctrl-C to leave it.`);
        await joinTraining({ rendezvous: place, nodes, processes }, threads, signal);
        cli.terminal.note(signal.aborted ? 'Left the training.' : 'The training has ended.');
      },
      'Leaving the training, which fails without this machine.',
    ),
});
