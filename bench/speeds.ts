import { z } from 'zod';
import { BadInput } from '../src/errors.ts';
import type { Options, Report } from './bench.ts';
import { bestThreads, type Contender, inTurn, type Result } from './contender.ts';
import { tolerableLoad } from './machine.ts';
import { ours } from './ours/run.ts';
import { table } from './table.ts';

/** The thread counts that every contender is tried with. */
export const threadCounts = [1, 2];

export const speedOptions: Options = {
  rounds: { value: 'N', about: 'runs of each contender, in turn; the median counts', default: '3' },
  seconds: { value: 'N', about: 'how long a run measures, after its warm-up', default: '8' },
  only: { value: 'WORDS', about: 'just the work whose name has these words, as in "gru medium"' },
  busy: { about: 'measure even while something else works on the machine' },
};

export const speedValues = z.object({
  rounds: z.coerce.number().int().min(1),
  seconds: z.coerce.number().positive(),
  only: z.string().optional(),
  busy: z.boolean().default(false),
});

interface NamedWork {
  readonly name: string;
}

interface Row extends Result {
  readonly work: string;
  /** Its speed over that of the best peer. */
  readonly ratio: number | null;
  /** What share of the machine's matrix-multiply rate its speed comes to, where that is known. */
  readonly shareOfRate: number | null;
}

/**
 * Has the contenders do each work in turn and puts them side by side, each with its best thread count.
 *
 * @param shareOfRate what share of the machine's matrix-multiply rate a result comes to; null where not known
 * @throws BadInput if `only` leaves no work.
 */
export async function compareSpeeds<Work extends NamedWork>(
  works: readonly Work[],
  contenders: readonly Contender<Work>[],
  values: z.infer<typeof speedValues>,
  shareOfRate: (work: Work, result: Result) => number | null = () => null,
): Promise<readonly Row[]> {
  const { only = '' } = values;
  const chosen = works.filter(({ name }) => only.split(' ').every((word) => name.includes(word)));
  if (chosen.length === 0) {
    const names = works.map(({ name }) => name).join(', ');
    throw new BadInput(`No work is named "${only}".`, `There are: ${names}.`);
  }

  const { rounds, busy } = values;
  const repeats = busy ? 0 : 3;
  const rows: Row[] = [];
  for (const work of chosen) {
    const results = await inTurn(contenders, work, { rounds, repeats }, (contender, run) => {
      const speed = `${Math.round(run.charactersPerSecond)} chars/s`;
      const disturbed =
        run.otherLoad > tolerableLoad ? `, other load ${run.otherLoad.toFixed(2)}` : '';
      process.stderr.write(
        `${work.name}, threads ${contender.threads}: ${contender.name} ${speed}${disturbed}\n`,
      );
    });
    const peers = results.filter((result) => result.name !== ours);
    const best = Math.max(...peers.map((peer) => peer.charactersPerSecond));
    for (const result of results) {
      const ratio = peers.length === 0 ? null : result.charactersPerSecond / best;
      rows.push({ ...result, work: work.name, ratio, shareOfRate: shareOfRate(work, result) });
    }
  }
  return rows;
}

/** The rows under what they were measured on: each contender with its best thread count; all counts in the data. */
export function speedReport(rows: readonly Row[], heading: readonly string[]): Report {
  const header = [
    'work',
    'contender',
    'threads',
    'chars/s',
    'to best peer',
    'peak MB',
    'of products',
    'other load',
  ];
  const shown = [...Map.groupBy(rows, (row) => row.work).values()].flatMap(bestThreads);
  const cells = shown.map((row) => [
    row.work,
    row.name,
    String(row.threads),
    String(Math.round(row.charactersPerSecond)),
    row.ratio?.toFixed(2) ?? '-',
    row.peakMemory === null ? '-' : Math.round(row.peakMemory / 1e6).toString(),
    row.shareOfRate === null ? '-' : `${Math.round(row.shareOfRate * 100)} %`,
    row.otherLoad.toFixed(2),
  ]);
  return { text: `${heading.join('\n')}\n\n${table(header, cells)}`, data: { heading, rows } };
}
