import { z } from 'zod';
import { bible } from '../data/bible.ts';
import { bookFromBytes } from '../data/fetch-book.ts';
import { readTextFile } from '../data/plain-text.ts';
import { plato } from '../data/plato.ts';
import { usualThreads } from '../src/run/usual-threads.ts';
import type { Corpus } from '../src/text/corpus.ts';
import { type Bench, checkValues, type Report, type Values } from './bench.ts';
import { describeMachine } from './machine.ts';
import { type HeldOutBits, plainPredictors, subjectOf } from './predictors.ts';
import { findPython } from './python.ts';
import { choose } from './speeds.ts';
import { table } from './table.ts';
import { trainedFor } from './trained.ts';

export const quality: Bench = {
  name: 'quality',
  about:
    'Held-out bits per character of both books: what the default training reaches in ten minutes, in characters and in\n' +
    'subwords, beside PyTorch by the same recipe, character n-grams and a compressor that learned from the same part.',
  options: {
    minutes: { value: 'N', about: 'how long each training takes; 0 trains none', default: '10' },
    threads: { value: 'N', about: 'processors to train with', default: String(usualThreads) },
    plato: {
      value: 'FILE',
      about: 'the Republic, Project Gutenberg 1497; without it just the Bible',
    },
    only: { value: 'WORDS', about: 'just what has these words, as in "Republic subwords"' },
  },
  run: measureQuality,
};

const qualityValues = z.object({
  minutes: z.coerce.number().min(0),
  threads: z.coerce.number().int().positive(),
  plato: z.string().optional(),
  only: z.string().optional(),
});

interface Row extends HeldOutBits {
  readonly corpus: string;
  readonly predictor: string;
  /** For learning and predicting. */
  readonly seconds: number;
}

async function measureQuality(given: Values): Promise<Report> {
  const values = checkValues(given, qualityValues);
  const corpora: Corpus[] = [await bible.corpus()];
  if (values.plato !== undefined) {
    corpora.push(bookFromBytes(plato, await readTextFile(values.plato)).corpus);
  }
  const { minutes, threads, plato: platoFile } = values;
  const trained =
    minutes > 0 ? trainedFor({ minutes, threads, platoFile, python: await findPython() }) : [];
  const predictors = [...plainPredictors, ...trained];

  const works = corpora.flatMap((corpus) => {
    const subject = subjectOf(corpus);
    return predictors.map((predictor) => ({
      ...{ subject, predictor },
      name: `${corpus.title}: ${predictor.name}`,
    }));
  });

  const rows: Row[] = [];
  for (const { subject, predictor, name } of choose(works, values.only)) {
    process.stderr.write(`${name} ...\n`);
    const begin = performance.now();
    const bits = await predictor.predict(subject);
    const seconds = (performance.now() - begin) / 1000;
    rows.push({ corpus: subject.corpus.title, predictor: predictor.name, ...bits, seconds });
  }
  const header = ['bits per character', 'validation', 'test', 'seconds'];
  const tables = [...Map.groupBy(rows, (row) => row.corpus)].map(([title, ofCorpus]) => {
    const cells = ofCorpus.map((row) => [
      row.predictor,
      row.validation.toFixed(3),
      row.test.toFixed(3),
      row.seconds.toFixed(1),
    ]);
    return `${title}\n${table(header, cells)}`;
  });
  const machine = describeMachine();
  return { text: [machine, ...tables].join('\n\n'), data: { machine, rows } };
}
