import { z } from 'zod';
import { parameterCount } from '../../network/parameters.ts';
import { writeCheckpoint } from '../../store/checkpoints.ts';
import type { Store } from '../../store/database.ts';
import { recordEvaluation } from '../../store/metrics.ts';
import { createRun, endRun } from '../../store/run-lifecycle.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { describeNetwork } from '../format.ts';
import { corpusOf, type ModelFile, readModelFile } from '../model-file.ts';
import { withStore } from '../store.ts';

export const importModel = defineCommand({
  arguments: { file: argument('a .safetensors file of Escriba or PyTorch', z.string()) },
  options: {
    corpus: option('NAME', 'what it learnt, where the file does not say it', z.string().optional()),
    json: flag('write the new run as JSON'),
  },
  run: (cli, { file, corpus: said, json }) =>
    withStore(cli, async (store) => {
      const { terminal, now } = cli;
      const read = await readModelFile(file);
      const corpus = corpusOf(read, file, said);
      const run = keepModel(store, read, corpus, now());
      if (json) terminal.json({ run, corpus, network: read.config });
      else {
        terminal.print(`Run ${run}: ${describeNetwork(read.config)}, which learnt ${corpus}.`);
        terminal.print(`Let it write with \`escriba write ${corpus} --run ${run}\`.`);
      }
    }),
});

/** Keeps a network as a run that has ended, whole or not at all. @returns the run */
function keepModel(store: Store, file: ModelFile, corpus: string, now: number): number {
  const { config, vocabulary, weights, settings, step, bitsPerCharacter } = file;
  return store.transaction(() => {
    const lease = createRun(
      store,
      {
        corpus,
        origin: 'imported',
        parent: null,
        network: config,
        settings,
        machine: null,
        vocabulary: vocabulary.characters,
        parameters: parameterCount(config),
      },
      now,
    );
    if (bitsPerCharacter !== null) {
      recordEvaluation(store, lease, { step, passes: 0, elapsed: 0, bitsPerCharacter }, now);
    }
    const figure = bitsPerCharacter === null ? {} : { bitsPerCharacter };
    writeCheckpoint(store, lease, { step, kind: 'best', weights, ...figure }, now);
    endRun(store, lease, { state: 'finished' }, now);
    return lease.run;
  });
}
