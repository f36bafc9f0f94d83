import type { Run } from '../store/runs.ts';
import { vocabularySizes } from '../text/tokenizer/learn-bpe.ts';

/**
 * The words that train a network like a run's again, from the same text: with them, the same version of Escriba, engine
 * and processor, it is the same to the last bit. Null for a run that was trained elsewhere.
 */
export function trainCommand(run: Run): string | null {
  const { network, settings, machine, parent } = run;
  if (!settings || !machine) return null;
  const { cell, hidden, layers, embedding } = network;
  const shape = { cell, hidden, layers, embedding, ...tokenizerOf(run) };
  const options = {
    ...(parent === null ? shape : { from: parent }),
    batch: settings.batch,
    unroll: settings.unroll,
    dropout: settings.dropout,
    'recurrent-dropout': settings.recurrentDropout,
    lr: settings.learningRate,
    'weight-decay': settings.weightDecay,
    clip: settings.clip,
    ...(settings.patience > 0 && { patience: settings.patience }),
    'hold-out': settings.heldOut,
    steps: settings.steps,
    'random-seed': settings.randomSeed,
    threads: machine.threads,
    engine: machine.engine,
    ...(machine.card !== undefined && { device: 'gpu' }),
    ...(machine.precision !== undefined && { precision: machine.precision }),
    ...(machine.processes !== undefined && { processes: machine.processes }),
  };
  const words = Object.entries(options).map(([name, value]) => `--${name} ${value}`);
  return ['escriba train', run.corpus, ...words].join(' ');
}

function tokenizerOf({ tokenizer, network }: Run): Readonly<Record<string, string | number>> {
  if (tokenizer === 'char') return { tokenizer };
  // A text with few different pairs gives fewer tokens than can be asked for; asked for more it gives the same.
  return { tokenizer, 'vocab-size': Math.max(vocabularySizes.least, network.vocabularySize) };
}
