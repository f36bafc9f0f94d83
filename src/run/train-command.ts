import type { Run } from '../store/runs.ts';
import { vocabularySizes } from '../text/tokenizer/learn-bpe.ts';

/**
 * Whether a run began with the weights of another, of which the store may know nothing: of a file's network it knows
 * what the file says, undefined where that is nothing.
 */
export function beganWithWeights({ settings, parent, origin }: Run): boolean | undefined {
  if (parent !== null) return true;
  return settings?.fromWeights ?? (origin === 'trained' ? false : undefined);
}

/**
 * The words that train a network like a run's again, from the same text: with them, the same version of Escriba, engine
 * and processor, it is the same to the last bit. Null where there are none: the run's settings are not known, or it
 * began with weights that are not here, or may have.
 */
export function repeatCommand(run: Run): string | null {
  const isKnown = run.parent !== null || beganWithWeights(run) === false;
  return isKnown ? trainCommand(run) : null;
}

/** The words that train with a run's settings, whatever it began with. Null where these are not known. */
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
    ...(settings.bpeDropout > 0 && { 'bpe-dropout': settings.bpeDropout }),
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
