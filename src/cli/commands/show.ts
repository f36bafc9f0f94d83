import { z } from 'zod';
import { servingWords } from '../../run/serving-words.ts';
import { repeatCommand } from '../../run/train-command.ts';
import { listCheckpoints } from '../../store/checkpoints.ts';
import { readEvaluations } from '../../store/metrics.ts';
import { getRun } from '../../store/runs.ts';
import { listSamples } from '../../store/samples.ts';
import { servingOutcome, servingVerdict } from '../../store/serving.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { count } from '../format.ts';
import { networkAbout, runNamed } from '../run-choice.ts';
import { factsOf } from '../run-facts.ts';
import { withStoreToRead } from '../store.ts';

const samplesTold = 10;

export const show = defineCommand({
  arguments: { run: argument(networkAbout, z.string()) },
  options: { json: flag('print all of it as JSON, with evaluations and recent samples') },
  run: (cli, { run: named, json }) =>
    withStoreToRead(cli, async (store) => {
      const id = runNamed(store, named);
      const { terminal, now } = cli;
      const run = getRun(store, id, now());
      const checkpoints = listCheckpoints(store, id);
      const samples = listSamples(store, id, json ? samplesTold : 1);
      if (json) {
        terminal.json({
          ...run,
          repeat: repeatCommand(run),
          serving: servingOutcome(store, id),
          checkpoints,
          evaluations: readEvaluations(store, id),
          samples,
        });
        return;
      }
      for (const [name, fact] of factsOf(run, checkpoints, now())) {
        terminal.print(`${terminal.styled('bold', name.padEnd(13))} ${fact}`);
      }
      terminal.print(`\n${servingWords(servingVerdict(store, id))}`);
      for (const { step, seed, text } of samples) {
        terminal.print(`\nThe latest sample, at step ${count(step)}:`);
        terminal.print(terminal.styled('bold', seed) + text.trimEnd());
      }
    }),
});
