import { z } from 'zod';
import type { Store } from './database.ts';
import { parseRow } from './rows.ts';

interface Spread {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** Neighbouring steps of a run, summed up. */
export interface CurvePoint {
  /** The last of the steps, with its passes and its seconds of training. */
  readonly step: number;
  readonly passes: number;
  readonly elapsed: number;
  readonly bitsPerCharacter: Spread;
  readonly gradientNorm: Spread;
  /** Means. */
  readonly learningRate: number;
  readonly charsPerSecond: number;
}

/**
 * A row of `blocks` sums up 2^6 steps. A scan of a million steps takes 0.6 s; with these, a curve reads
 * 64 rows a point or a 64th of the steps, whichever is more.
 */
const blockShift = 6;

const pointSchema = z
  .object({
    step: z.int(),
    passes: z.number(),
    elapsed: z.number(),
    bitsPerCharacterMin: z.number(),
    bitsPerCharacter: z.number(),
    bitsPerCharacterMax: z.number(),
    gradientNormMin: z.number(),
    gradientNorm: z.number(),
    gradientNormMax: z.number(),
    learningRate: z.number(),
    charsPerSecond: z.number(),
  })
  .transform(
    (row): CurvePoint => ({
      step: row.step,
      passes: row.passes,
      elapsed: row.elapsed,
      bitsPerCharacter: {
        min: row.bitsPerCharacterMin,
        mean: row.bitsPerCharacter,
        max: row.bitsPerCharacterMax,
      },
      gradientNorm: { min: row.gradientNormMin, mean: row.gradientNorm, max: row.gradientNormMax },
      learningRate: row.learningRate,
      charsPerSecond: row.charsPerSecond,
    }),
  );

const fromSteps = `SELECT max(step) AS step, max(passes) AS passes, max(elapsed) AS elapsed,
    min(bitsPerCharacter) AS bitsPerCharacterMin,
    avg(bitsPerCharacter) AS bitsPerCharacter,
    max(bitsPerCharacter) AS bitsPerCharacterMax,
    min(gradientNorm) AS gradientNormMin,
    avg(gradientNorm) AS gradientNorm,
    max(gradientNorm) AS gradientNormMax,
    avg(learningRate) AS learningRate,
    avg(charsPerSecond) AS charsPerSecond
  FROM steps WHERE run = @run AND step >= @from AND step < @end GROUP BY step >> @shift ORDER BY 1`;

const fromBlocks = `SELECT max(step) AS step, max(passes) AS passes, max(elapsed) AS elapsed,
    min(bitsPerCharacterMin) AS bitsPerCharacterMin,
    sum(bitsPerCharacter * steps) / sum(steps) AS bitsPerCharacter,
    max(bitsPerCharacterMax) AS bitsPerCharacterMax,
    min(gradientNormMin) AS gradientNormMin,
    sum(gradientNorm * steps) / sum(steps) AS gradientNorm,
    max(gradientNormMax) AS gradientNormMax,
    sum(learningRate * steps) / sum(steps) AS learningRate,
    sum(charsPerSecond * steps) / sum(steps) AS charsPerSecond
  FROM blocks WHERE run = @run AND block >= @from AND block < @end GROUP BY block >> @shift ORDER BY 1`;

/**
 * The training curve of a run, thinned: half of `points` to `points` + 1 of them, or every step where
 * there are no more. A point sums up the steps from a multiple of a power of two to the next, so that points
 * stay where they are while a run grows; the range is widened to whole points.
 * @param range the first and the last step, both included; by default the whole run
 */
export function readCurve(
  store: Store,
  run: number,
  range: { readonly points: number; readonly from?: number; readonly to?: number },
): CurvePoint[] {
  const { points, from = 0 } = range;
  const to = Math.min(range.to ?? Infinity, lastStep(store, run));
  let shift = 0;
  while ((to - from) / 2 ** shift > points) shift += 1;
  const blocks = shift >= blockShift;
  const [sql, rowShift] = blocks ? [fromBlocks, shift - blockShift] : [fromSteps, shift];
  return store
    .rows(sql, {
      run,
      from: Math.floor(from / 2 ** shift) * 2 ** rowShift,
      end: (Math.floor(to / 2 ** shift) + 1) * 2 ** rowShift,
      shift: rowShift,
    })
    .map((row) => parseRow(pointSchema, row, `The curve of run ${run}`));
}

/** Rebuilds a run's blocks from its steps, starting with the block of the given step. */
export function sumUp(store: Store, run: number, step: number): void {
  const block = Math.floor(step / 2 ** blockShift);
  store.write('DELETE FROM blocks WHERE run = @run AND block >= @block', { run, block });
  store.write(
    `INSERT INTO blocks
     SELECT run, step >> ${blockShift}, count(*), max(step), max(passes), max(elapsed),
       min(bitsPerCharacter), avg(bitsPerCharacter), max(bitsPerCharacter),
       min(gradientNorm), avg(gradientNorm), max(gradientNorm),
       avg(learningRate), avg(charsPerSecond)
     FROM steps WHERE run = @run AND step >= @first
     GROUP BY step >> ${blockShift}`,
    { run, first: block * 2 ** blockShift },
  );
}

function lastStep(store: Store, run: number): number {
  const row = store.row('SELECT max(step) AS step FROM steps WHERE run = @run', { run });
  return z.object({ step: z.int().nullable() }).parse(row).step ?? 0;
}
