import { networkNotation } from '../../../src/network/notation.ts';
import type { Run } from '../../../src/store/runs.ts';
import { stateName, titleOf } from '../run-words.ts';

/** The orders that runs can stand in. */
export const orders = ['newest first', 'best first', 'by text', 'largest first'] as const;
export type Order = (typeof orders)[number];

/**
 * Runs that fit every word of a filter, the pinned ones first, in an order; equals stay newest first. A word is one that stands somewhere, or
 * asks for a field: `cell:gru`, `state:stopped`, `text:bible`, `b<1.5`, `hidden>=256`.
 */
export function arrange(runs: readonly Run[], order: Order, filter: string): Run[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = runs.filter((run) => words.every((word) => fits(run, word)));
  return kept.toSorted(
    (a, b) => Number(b.pinned) - Number(a.pinned) || compare[order](a, b) || b.id - a.id,
  );
}

const compare: Readonly<Record<Order, (a: Run, b: Run) => number>> = {
  'newest first': () => 0,
  // Two without a figure are equal: infinities have no difference.
  'best first': (a, b) => bestOf(a) - bestOf(b) || 0,
  'by text': (a, b) => titleOf(a.corpus).localeCompare(titleOf(b.corpus)),
  'largest first': (a, b) => b.parameters - a.parameters,
};

/** The lowest validation figure; of a run without one, infinity. */
function bestOf({ best }: Run): number {
  return best?.bitsPerCharacter ?? Number.POSITIVE_INFINITY;
}

function fits(run: Run, word: string): boolean {
  const [, name = '', sign = '', value = ''] = asksForField.exec(word) ?? [];
  const text = texts[name];
  if (text && (sign === ':' || sign === '=')) return text(run).toLowerCase().includes(value);
  const figure = figures[name]?.(run);
  const wanted = Number(value);
  if (figure === undefined || sign === '') return wordsOf(run).includes(word);
  // As long as the number is still typed, it keeps none out.
  if (value === '' || Number.isNaN(wanted)) return true;
  if (figure === null) return false;
  switch (sign) {
    case '<':
      return figure < wanted;
    case '<=':
      return figure <= wanted;
    case '>':
      return figure > wanted;
    case '>=':
      return figure >= wanted;
    default:
      return figure === wanted;
  }
}

/** What to say where a word of the filter asks for a field that runs do not have. */
export function unknownField(filter: string): string | undefined {
  const fields = [...Object.keys(texts), ...Object.keys(figures)];
  for (const word of filter.toLowerCase().split(/\s+/)) {
    const [, name] = asksForField.exec(word) ?? [];
    if (name !== undefined && !fields.includes(name)) {
      return `There is no field ${name}; there are ${fields.join(', ')}.`;
    }
  }
  return undefined;
}

const asksForField = /^(\w+)(:|<=?|>=?|=)(.*)$/;

const texts: Readonly<Record<string, (run: Run) => string>> = {
  cell: ({ network }) => network.cell,
  state: (run) => stateName(run),
  text: ({ corpus }) => `${corpus} ${titleOf(corpus)}`,
  origin: ({ origin }) => origin,
  name: ({ name }) => name ?? '',
  note: ({ note }) => note ?? '',
};

const figures: Readonly<Record<string, (run: Run) => number | null>> = {
  run: ({ id }) => id,
  b: ({ best }) => best?.bitsPerCharacter ?? null,
  hidden: ({ network }) => network.hidden,
  layers: ({ network }) => network.layers,
  size: ({ parameters }) => parameters,
  passes: ({ passes }) => passes,
  steps: ({ steps }) => steps,
};

function wordsOf(run: Run): string {
  const { id, corpus, network, origin } = run;
  const embedding = network.embedding === 'one-hot' ? 'one-hot' : '';
  return [
    `run ${id}`,
    corpus,
    titleOf(corpus),
    networkNotation(network),
    stateName(run),
    origin,
    embedding,
    run.name ?? '',
    run.note ?? '',
    run.pinned ? 'pinned' : '',
  ]
    .join(' ')
    .toLowerCase();
}

/** Marks or unmarks. */
export function toggleMark(marked: readonly number[], id: number): number[] {
  return marked.includes(id) ? marked.filter((each) => each !== id) : [...marked, id];
}

/** The first of `count` rows to show so that a chosen one is among them, moved no further than needed. */
export function scrollTo(top: number, chosen: number, count: number, total: number): number {
  const least = Math.max(0, chosen - count + 1);
  const most = Math.min(chosen, Math.max(0, total - count));
  return Math.max(Math.min(least, Math.max(0, total - count)), Math.min(top, most));
}
