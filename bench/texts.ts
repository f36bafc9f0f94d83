import { text as textOf } from 'node:stream/consumers';
import { z } from 'zod';
import { onnxEngine } from '../src/engine/onnx/engine.ts';
import { openCorpus } from '../src/run/corpora.ts';
import { openHome } from '../src/run/home.ts';
import { networkOfRun, servingNetwork } from '../src/run/models.ts';
import { programRoot } from '../src/run/program-root.ts';
import type { DrawOptions } from '../src/sample/draw.ts';
import { QuoteIndex } from '../src/sample/quotes.ts';
import { Writer } from '../src/sample/writer.ts';
import { splitCorpus } from '../src/text/split.ts';
import { type Bench, checkValues, type Report, type Values } from './bench.ts';
import { table } from './table.ts';
import { type Traits, traitsOf } from './texts/traits.ts';

export const texts: Bench = {
  name: 'texts',
  about:
    'What temperature, top-p and min-p do to what a network writes: words that the book has, verses or paragraphs of true\n' +
    'form, repeats, and stretches borrowed from the training part, beside the held-out part of the book itself.',
  options: {
    corpus: { value: 'NAME', about: 'the book', default: 'bible' },
    run: { value: 'RUN', about: 'the run that writes, where it is not the one that serves' },
    texts: { value: 'N', about: 'texts at each setting', default: '64' },
    characters: { value: 'N', about: 'characters in each', default: '600' },
  },
  run: measureTexts,
};

const textsValues = z.object({
  corpus: z.string(),
  run: z.coerce.number().int().positive().optional(),
  texts: z.coerce.number().int().positive(),
  characters: z.coerce.number().int().positive(),
});

const settings: readonly DrawOptions[] = [
  ...[0.5, 0.6, 0.7, 0.8, 0.9, 1].map((temperature) => ({ temperature, topP: 1, topK: 0 })),
  ...[0.7, 0.8, 0.9, 1].map((temperature) => ({ temperature, topP: 0.95, topK: 0 })),
  ...[0.8, 0.9, 1].map((temperature) => ({ temperature, topP: 0.9, topK: 0 })),
  ...[0.05, 0.1].flatMap((minP) =>
    [0.8, 0.9, 1].map((temperature) => ({ temperature, topP: 1, topK: 0, minP })),
  ),
];

interface Row extends Traits {
  readonly written: string;
}

async function measureTexts(given: Values): Promise<Report> {
  const { corpus, run, texts: count, characters } = checkValues(given, textsValues);
  const store = openHome(process.env, programRoot(), Date.now);
  try {
    const book = await openCorpus(store, corpus);
    const now = Date.now();
    const { config, weights, tokenizer } =
      run === undefined ? servingNetwork(store, corpus, now) : networkOfRun(store, run, now);
    const { training, validation } = splitCorpus(book, 'units');
    const index = await QuoteIndex.build(training);
    const quotes = index ?? { longest: () => null };
    const rows: Row[] = [];
    const stepper = await onnxEngine.stepper({ config, weights, threads: 1 });
    try {
      const writer = new Writer(stepper, tokenizer);
      for (const draw of settings) {
        const written = await Promise.all(
          Array.from({ length: count }, (_, randomSeed) =>
            textOf(writer.write({ ...draw, seed: '', randomSeed, characters })),
          ),
        );
        rows.push({ written: nameOf(draw), ...traitsOf(written, book, quotes) });
        process.stderr.write(`${nameOf(draw)}\n`);
      }
    } finally {
      await stepper.close();
    }
    const held = piecesOf(validation, count, characters);
    rows.push({ written: 'the held-out part of the book', ...traitsOf(held, book, quotes) });
    return { text: `${book.title}\n${show(rows)}`, data: { corpus, rows } };
  } finally {
    store.close();
  }
}

/** So many stretches of a text, evenly spread, each from the beginning of a verse or paragraph. */
function piecesOf(text: string, count: number, characters: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    const about = Math.floor(((text.length - characters) * number) / count);
    const begin = number === 0 ? 0 : text.indexOf('\n\n', about) + 2;
    return text.slice(begin, begin + characters);
  });
}

function nameOf({ temperature, topP, minP = 0 }: DrawOptions): string {
  const rest = topP < 1 ? `, top-p ${topP}` : minP > 0 ? `, min-p ${minP}` : '';
  return `temperature ${temperature}${rest}`;
}

function show(rows: readonly Row[]): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)}`;
  return table(
    ['written with', 'real words %', 'true form %', 'repeated %', 'borrowed', 'at most'],
    rows.map(({ written, realWords, trueForm, repeated, borrowed, mostBorrowed }) => [
      written,
      ...[realWords, trueForm, repeated].map(percent),
      borrowed.toFixed(1),
      String(mostBorrowed),
    ]),
  );
}
