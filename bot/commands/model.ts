import { networkNotation } from '../../src/network/notation.ts';
import { lineChart, type Series } from '../../src/picture/chart.ts';
import { pngOf } from '../../src/picture/png.ts';
import { type CurvePoint, readCurve } from '../../src/store/curve.ts';
import { type Evaluation, readEvaluations } from '../../src/store/metrics.ts';
import { getRun, listRuns, type Run } from '../../src/store/runs.ts';
import { listServing, type Serving } from '../../src/store/serving.ts';
import { command } from '../core/command.ts';
import { moment } from '../core/markdown.ts';
import type { Picture } from '../core/reply.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import type { Services } from '../library/services.ts';
import { titleAtBeginning, titleOf } from '../library/texts.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

/** Points of a curve, as many as the picture can show. */
const points = 400;

interface ServingBook extends Serving {
  readonly run: Run;
  readonly curve: readonly CurvePoint[];
  readonly evaluations: readonly Evaluation[];
}

/** What serves each book, and how it learned. */
export const model = command({
  name: 'model',
  localNames: { 'pt-BR': 'modelo' },
  description: inAll(({ commands }) => commands.model),
  example: inAll(({ examples }) => examples.model),
  where: 'everywhere',
  who: 'everyone',
  acknowledgement: 'public',
  costly: true,
  options: {},
  async run({ locale }, { store, clock, settings }: Services) {
    const words = wordsFor(locale);
    const { books, runs } = await retryWhileBusy(() => {
      const allowed = listServing(store).filter(
        ({ corpus }) => settings.texts?.includes(corpus) ?? true,
      );
      const found = allowed.map((serving): ServingBook => {
        const { run } = serving.checkpoint;
        return {
          ...serving,
          run: getRun(store, run, clock.now()),
          curve: readCurve(store, run, { points }),
          evaluations: readEvaluations(store, run),
        };
      });
      return { books: found, runs: listRuns(store, clock.now()) };
    }, clock);
    if (books.length === 0) return privateReply(words.model.none);
    const text = [
      ...books.map((book) => describe(book, runs, words)),
      training(runs, words).join('\n'),
    ].join('\n\n');
    const picture = await picturesOf(books, words);
    return { type: 'message', private: false, text, ...(picture ? { picture } : {}) };
  },
});

function describe(book: ServingBook, runs: readonly Run[], words: Words): string {
  const { run, checkpoint } = book;
  const { bitsPerCharacter, created, step } = checkpoint;
  const passes = run.steps === 0 ? run.passes : (run.passes * step) / run.steps;
  return [
    words.model.serves(titleAtBeginning(book.corpus, words), run.id),
    words.model.size(networkNotation(run.network), run.parameters),
    bitsPerCharacter === null ? words.model.noFigure : words.model.figure(bitsPerCharacter),
    run.origin === 'shipped'
      ? words.model.cameAlong(passes)
      : words.model.made(moment(created, 'from now'), passes),
    ...comparison(book, runs, words),
  ].join('\n- ');
}

/** How a network compares with the others of its book, as far as they were judged. */
function comparison(
  { run, corpus, checkpoint }: ServingBook,
  runs: readonly Run[],
  words: Words,
): string[] {
  const others = runs.filter(({ id, corpus: its }) => its === corpus && id !== run.id);
  if (others.length === 0) return [words.model.onlyOne];
  const judged = others.flatMap(({ id, best }) =>
    best ? [{ id, bits: best.bitsPerCharacter }] : [],
  );
  const [first] = judged.toSorted((one, other) => one.bits - other.bits);
  const own = checkpoint.bitsPerCharacter;
  if (own === null || !first) return [];
  return first.bits < own
    ? [words.model.better(first.id, first.bits)]
    : [words.model.best(judged.length + 1)];
}

function training(runs: readonly Run[], words: Words): string[] {
  const lines = runs.flatMap(({ id, state, steps, settings }) => {
    if (state === 'running') return [words.model.training(id, steps, settings?.steps ?? null)];
    return state === 'paused' ? [words.model.paused(id)] : [];
  });
  return lines.length > 0 ? lines : [words.model.idle];
}

async function picturesOf(
  books: readonly ServingBook[],
  words: Words,
): Promise<Picture | undefined> {
  const series = books.map(
    ({ corpus, run, curve, evaluations }): Series => ({
      label: `${titleOf(corpus, words)} (${run.id})`,
      line: curve.map(({ passes, bitsPerCharacter }) => ({ x: passes, y: bitsPerCharacter.mean })),
      dots: evaluations.map(({ passes, bitsPerCharacter }) => ({
        x: passes,
        y: bitsPerCharacter,
      })),
    }),
  );
  if (series.every(({ line, dots }) => line.length + dots.length === 0)) return undefined;
  const svg = lineChart({
    xTitle: words.model.axis,
    yTitle: words.model.unit,
    format: words.decimal,
    series,
  });
  return { png: await pngOf(svg), alt: words.model.curve };
}
