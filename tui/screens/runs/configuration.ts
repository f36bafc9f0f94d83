import { cells } from '../../../src/network/cells/cells.ts';
import type { Run } from '../../../src/store/runs.ts';
import { inWidth } from '../../drawing/layout.ts';
import { type Line, line, quiet, span } from '../../drawing/line.ts';
import { bits, bytes, count, duration, percent, small } from '../../drawing/numbers.ts';
import { escapeControl, wrap } from '../../drawing/text.ts';
import { stateName, titleOf } from '../run-words.ts';

type Row = readonly [name: string, value: string];

/** Everything that a run follows from and what came of it. */
export function configurationOf(run: Run): Row[] {
  return [...madeOf(run), ...cameTo(run), ...trainedBy(run), ...computedBy(run)];
}

function madeOf({ corpus, parent, network, tokenizer, parameters, origin, ...labels }: Run): Row[] {
  const { embedding, vocabularySize, layers, hidden } = network;
  // Where it was trained here, beside each weight its two moments and its average.
  const size =
    origin === 'trained'
      ? `${bytes(parameters * 16)} with what training keeps`
      : `${bytes(parameters * 4)} of weights`;
  return [
    ...rows(labels.name, (name) => [['name', escapeControl(name)]]),
    ...rows(labels.note, (note) => [['note', escapeControl(note)]]),
    ['text', titleOf(corpus)],
    ...rows(parent, (id) => [['began with', `the weights of run ${id}`]]),
    ['cell', cells[network.cell].title],
    ['layers', String(layers)],
    ['hidden', String(hidden)],
    ['embedding', embedding === 'one-hot' ? `one-hot, ${vocabularySize} long` : String(embedding)],
    ['vocabulary', `${count(vocabularySize)} ${tokenizer === 'bpe' ? 'subwords' : 'characters'}`],
    ['parameters', `${count(parameters)}, ${size}`],
  ];
}

function cameTo(run: Run): Row[] {
  const state = run.reason ? `${stateName(run)}: ${run.reason}` : stateName(run);
  return [
    ['state', state],
    [
      run.origin === 'trained' ? 'begun' : 'came',
      new Date(run.created).toLocaleString('sv').slice(0, 16),
    ],
    ...rows(run.elapsed || null, (seconds) => [['took', duration(seconds)]]),
    ...rows(run.passes || null, (passes) => [['passes', passes.toFixed(2)]]),
    ...rows(run.best, ({ bitsPerCharacter, step }) => [
      ['best', `${bits(bitsPerCharacter)} bits per character, at step ${count(step)}`],
    ]),
    ...rows(run.bitsPerCharacter, (loss) => [['training loss', bits(loss)]]),
  ];
}

function trainedBy({ settings, steps }: Run): Row[] {
  return rows(settings, (each) => [
    ['steps', `${count(steps)} of ${count(each.steps)}`],
    ['batch', `${each.batch} lanes of ${each.unroll} tokens`],
    [
      'learning rate',
      `${small(each.learningRate)} after ${count(each.warmUp)} steps, falling to ${percent(each.finalRatio)} of it`,
    ],
    ['clip', small(each.clip)],
    ['weight decay', small(each.weightDecay)],
    ['dropout', `${small(each.dropout)}, recurrent ${small(each.recurrentDropout)}`],
    ['averaging', small(each.emaDecay)],
    ['evaluation', `every ${count(each.evaluateEvery)} steps`],
    ['patience', each.patience === 0 ? 'none' : `${each.patience} evaluations`],
    ['held out', each.heldOut === 'units' ? 'chapters, or groups of paragraphs' : 'nothing'],
    ['random seed', String(each.randomSeed)],
  ]);
}

function computedBy({ machine }: Run): Row[] {
  return rows(machine, (each) => [
    ['engine', `${each.engine} ${each.engineVersion}, ${each.threads} threads`],
    ...rows(each.card ?? null, (card) => [['graphics card', card]]),
    ['processor', each.processor],
  ]);
}

/** What there is to say of a value that may be missing. */
function rows<T>(value: T | null, say: (value: T) => Row[]): Row[] {
  return value === null ? [] : say(value);
}

const nameWidth = 15;

export function configurationLines(run: Run, width: number): Line[] {
  return configurationOf(run).flatMap(([name, value]) =>
    wrap(value, width - nameWidth).map((row, place) => [
      ...inWidth(line(place === 0 ? name : '', quiet), nameWidth),
      span(row),
    ]),
  );
}
