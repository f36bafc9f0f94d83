import { z } from 'zod';
import { BadInput } from '../errors.ts';
import { networkOfRun, type StoredNetwork, servingOf } from '../run/models.ts';
import type { Store } from '../store/database.ts';
import { listRunIds } from '../store/runs.ts';

/** A run by its number, or the newest. */
export type RunChoice = number | 'latest';

/** A run as it is typed: its number, or `latest`. */
export const runChoice = z
  .string()
  .regex(
    /^(\d{1,15}|latest)$/,
    'it must be the number of a run, as `escriba runs` shows them, or latest',
  )
  .transform((typed): RunChoice => (typed === 'latest' ? typed : Number(typed)));

/** What the help says of an argument that is a run. */
export const runAbout = 'the number of a run, or latest';

/** What the help says of an argument that is a network. */
export const networkAbout =
  'the name of its text (bible, plato, ...), the number of a run, or latest';

/** The number of a run. @throws BadInput for the latest where there is none */
export function runIdOf(store: Store, choice: RunChoice): number {
  if (choice !== 'latest') return choice;
  const [newest] = listRunIds(store);
  if (newest !== undefined) return newest;
  throw new BadInput('There are no runs yet.', 'Start one with `escriba train bible`.');
}

/** Whether it is a run, and not a text, that is named. */
export function isRunChoice(named: string): boolean {
  return runChoice.safeParse(named).success;
}

/**
 * The run that is named: by its number, by `latest`, or by a text, whose run is the one that writes for it.
 * @throws BadInput where there is none
 */
export function runNamed(store: Store, named: string): number {
  const { data: choice } = runChoice.safeParse(named);
  return choice === undefined ? servingOf(store, named).run : runIdOf(store, choice);
}

/**
 * The network that is named, as in `runNamed`; with `run`, that of a run of the named text.
 * @throws BadInput where there is none, or the run has learned another text
 */
export function networkNamed(
  store: Store,
  named: string,
  run: RunChoice | undefined,
  now: number,
): StoredNetwork {
  if (run === undefined) return networkOfRun(store, runNamed(store, named), now);
  const model = networkOfRun(store, runIdOf(store, run), now);
  if (named === model.run.corpus) return model;
  if (isRunChoice(named) && runNamed(store, named) === model.run.id) return model;
  throw new BadInput(
    `Run ${model.run.id} learned ${model.run.corpus}, not ${named}.`,
    `Leave out --run, or name a run of ${named}: \`escriba runs\` lists them.`,
  );
}
