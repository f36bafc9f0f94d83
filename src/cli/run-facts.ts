import { titleOfCorpus } from '../../data/books.ts';
import { beganWithWeights, repeatCommand, trainCommand } from '../run/train-command.ts';
import type { Checkpoint } from '../store/checkpoints.ts';
import type { Run } from '../store/runs.ts';
import type { Machine, TrainingSettings } from '../train/settings.ts';
import {
  age,
  bits,
  count,
  counted,
  describeNetwork,
  duration,
  roughly,
  tokensOf,
} from './format.ts';

/** A fact by its name. */
export type Fact = readonly [name: string, fact: string];

/** What happened to a run at the time that is kept with it. */
const originWords = { trained: 'started', imported: 'imported', shipped: 'bundled' } as const;

/** All that is known of a run, in words. */
export function factsOf(run: Run, checkpoints: readonly Checkpoint[], now: number): Fact[] {
  const { network, machine, best } = run;
  const facts: readonly (readonly [name: string, fact: string | null])[] = [
    ['run', `${run.id}, ${originWords[run.origin]} ${age(now - run.created)} ago`],
    ['name', run.pinned ? `${run.name ?? ''} (pinned)`.trim() : run.name],
    ['note', run.note],
    ['parent', run.parent === null ? null : `begun with the weights of run ${run.parent}`],
    ['corpus', titleOfCorpus(run.corpus)],
    ['state', run.reason === null ? run.state : `${run.state}: ${run.reason}`],
    ['network', describeNetwork(network)],
    ['size', `${roughly(run.parameters)} parameters, ${network.vocabularySize} ${tokensOf(run)}`],
    ['progress', machine && run.settings && progressOf(run, run.settings)],
    [
      'best',
      best && `${bits(best.bitsPerCharacter)} bits/char held out, at step ${count(best.step)}`,
    ],
    ['training', run.bitsPerCharacter === null ? null : `${bits(run.bitsPerCharacter)} bits/char`],
    ...(run.settings ? settingsOf(run, run.settings) : []),
    ['engine', machine && `${machine.engine} ${machine.engineVersion}, ${computing(machine)}`],
    ['graphics card', machine?.card ?? null],
    ['processor', machine?.processor ?? null],
    ['version', machine?.version ? `Escriba ${machine.version}` : null],
    howToRepeat(run),
    ...checkpoints.map((each) => ['checkpoint', checkpointOf(each, now)] as const),
  ];
  return facts.flatMap(([name, fact]) => (fact === null ? [] : [[name, fact] as const]));
}

function howToRepeat(run: Run): readonly [name: string, fact: string | null] {
  const settings = trainCommand(run);
  const repeat = repeatCommand(run);
  if (repeat !== null || settings === null) return ['repeat', repeat];
  return beganWithWeights(run)
    ? ['repeat', 'no command can: it began with the weights of a run that is not in this store']
    : [
        'settings',
        `${settings} (as its file says, which does not tell what weights it began with)`,
      ];
}

function computing({ threads, precision, processes = 1, nodes = 1 }: Machine): string {
  return [
    `threads: ${threads}`,
    ...(precision === undefined ? [] : [precision]),
    ...(processes > 1 ? [`processes: ${processes}`] : []),
    ...(nodes > 1 ? [`machines: ${nodes}`] : []),
  ].join(', ');
}

function progressOf(run: Run, { steps }: TrainingSettings): string {
  const done = `${count(run.steps)} of ${counted(steps, 'step')}, ${run.passes.toFixed(2)} passes`;
  const speed = run.charsPerSecond === null ? '' : `, ${roughly(run.charsPerSecond)} chars/s`;
  return `${done} in ${duration(run.elapsed)}${speed}`;
}

function settingsOf(run: Run, settings: TrainingSettings): Fact[] {
  const { batch, unroll, learningRate, warmUp, finalRatio, patience } = settings;
  return [
    ['batch', `${batch} x ${unroll} ${tokensOf(run)}`],
    [
      'learning rate',
      `${learningRate}, after ${count(warmUp)} warm-up steps, then down to ${finalRatio * 100} %`,
    ],
    ['weight decay', String(settings.weightDecay)],
    ['averaging', `${settings.emaDecay} (EMA of the weights)`],
    ['clip', String(settings.clip)],
    ['dropout', `${settings.dropout}, recurrent ${settings.recurrentDropout}`],
    [
      'evaluation',
      `every ${counted(settings.evaluateEvery, 'step')}${patience > 0 ? `, patience ${patience}` : ''}`,
    ],
    ['held out', settings.heldOut],
    ['random seed', String(settings.randomSeed)],
  ];
}

function checkpointOf(checkpoint: Checkpoint, now: number): string {
  const { kind, step, bitsPerCharacter, created } = checkpoint;
  const figure = bitsPerCharacter === null ? '' : `, ${bits(bitsPerCharacter)} bits/char`;
  return `${kind}, step ${count(step)}${figure}, ${age(now - created)} ago`;
}
