import { z } from 'zod';
import { BadInput } from '../src/errors.ts';
import type { Options, Report } from './bench.ts';
import { bestThreads, type Contender, inTurn, type Result } from './contender.ts';
import { describeMachine, tolerableLoad } from './machine.ts';
import { isOurs } from './ours/run.ts';
import type { Python } from './python.ts';
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

/** The works whose name has all the words of `only`. @throws BadInput if none has. */
export function choose<Work extends NamedWork>(works: readonly Work[], only = ''): readonly Work[] {
  const chosen = works.filter(({ name }) => only.split(' ').every((word) => name.includes(word)));
  if (chosen.length > 0) return chosen;
  const names = works.map(({ name }) => name).join(', ');
  throw new BadInput(`No work is named "${only}".`, `There are: ${names}.`);
}

/**
 * Has the contenders do each work in turn and puts them side by side, each with its best thread count.
 *
 * @param shareOfRate what share of the machine's matrix-multiply rate a result comes to; null where not known
 */
export async function compareSpeeds<Work extends NamedWork>(
  works: readonly Work[],
  contenders: readonly Contender<Work>[],
  values: z.infer<typeof speedValues>,
  shareOfRate: (work: Work, result: Result) => number | null = () => null,
): Promise<readonly Row[]> {
  const { rounds, busy } = values;
  const repeats = busy ? 0 : 3;
  const rows: Row[] = [];
  for (const work of works) {
    const results = await inTurn(contenders, work, { rounds, repeats }, (contender, run) => {
      const speed = `${Math.round(run.tokensPerSecond)} tokens/s`;
      const disturbed =
        run.otherLoad > tolerableLoad ? `, other load ${run.otherLoad.toFixed(2)}` : '';
      process.stderr.write(
        `${work.name}, threads ${contender.threads}: ${contender.name} ${speed}${disturbed}\n`,
      );
    });
    const peers = results.filter((result) => !isOurs(result));
    const best = Math.max(...peers.map((peer) => peer.tokensPerSecond));
    for (const result of results) {
      const ratio = peers.length === 0 ? null : result.tokensPerSecond / best;
      rows.push({ ...result, work: work.name, ratio, shareOfRate: shareOfRate(work, result) });
    }
  }
  return rows;
}

/** What the speeds were measured on. */
export function factsOf(python: Python | undefined): Readonly<Record<string, string>> {
  return { machine: describeMachine(), ...(python ? { PyTorch: python.torch } : {}) };
}

const unknown = '-';

const columns = (
  charactersPerToken: number,
): readonly (readonly [title: string, cell: (row: Row) => string])[] => [
  ['work', (row) => row.work],
  ['contender', (row) => row.name],
  ['threads', (row) => String(row.threads)],
  [
    'tokens/s',
    (row) => (charactersPerToken === 1 ? unknown : String(Math.round(row.tokensPerSecond))),
  ],
  ['chars/s', (row) => String(Math.round(row.tokensPerSecond * charactersPerToken))],
  ['to best peer', (row) => row.ratio?.toFixed(2) ?? unknown],
  ['peak MB', ({ peakMemory: bytes }) => (bytes ? String(Math.round(bytes / 1e6)) : unknown)],
  ['of products', (row) => percent(row.shareOfRate)],
  ['other load', (row) => row.otherLoad.toFixed(2)],
];

function percent(share: number | null): string {
  return share === null ? unknown : `${Math.round(share * 100)} %`;
}

/** The rows under what they were measured on: each contender with its best thread count; all counts in the data. */
export function speedReport(
  rows: readonly Row[],
  facts: Readonly<Record<string, string>>,
  charactersPerToken: number,
): Report {
  const shown = [...Map.groupBy(rows, (row) => row.work).values()].flatMap(bestThreads);
  const known = columns(charactersPerToken).filter(([, cell]) =>
    shown.some((row) => cell(row) !== unknown),
  );
  const titles = known.map(([title]) => title);
  const cells = shown.map((row) => known.map(([, cell]) => cell(row)));
  const heading = Object.entries(facts).map(([name, value]) => `${name}: ${value}\n`);
  return {
    text: `${heading.join('')}\n${table(titles, cells)}`,
    data: { facts, charactersPerToken, rows },
  };
}
