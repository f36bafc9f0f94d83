import { z } from 'zod';
import { BadInput } from '../errors.ts';
import { type Checkpoint, checkpointSchema } from './checkpoints.ts';
import type { Store } from './database.ts';
import { parseRow } from './rows.ts';
import { applyRule, type Candidate, type Standing, takesOver } from './serving-rule.ts';

/** What serves a corpus: the run that the rule finds, or the run that a person chose. */
export type ServingChoice = 'auto' | number;

/** The checkpoint that serves a corpus, and whether the rule or a person chose it. */
export interface Serving {
  readonly corpus: string;
  readonly choice: ServingChoice;
  readonly checkpoint: Checkpoint;
}

/**
 * Why a run serves its corpus, or does not: by a person's choice (`chosen`, `other-chosen`), by the rule (see
 * `Standing`), because a later run took over (`superseded`), or for lack of a checkpoint.
 */
export type ServingReason = Standing | 'chosen' | 'other-chosen' | 'superseded' | 'no-checkpoint';

/** Whether a run serves its corpus, why, and what serves it. */
export interface ServingVerdict {
  readonly run: number;
  readonly corpus: string;
  readonly serves: boolean;
  readonly reason: ServingReason;
  /** The checkpoint that the run writes by, null where it has none. */
  readonly checkpoint: Checkpoint | null;
  /** The checkpoint that serves the corpus, null where none does. */
  readonly serving: Checkpoint | null;
}

/** The same, as programs are told: the number of the run that serves in place of the checkpoints. */
export interface ServingOutcome extends Pick<ServingVerdict, 'serves' | 'reason'> {
  /** The run that serves the corpus, null where none does. */
  readonly run: number | null;
}

/** Which of a run's checkpoints it writes by, best first: its best by validation, or the latest where it has none. */
const bestFirst = `kind = 'best' DESC, step DESC, id DESC`;

const checkpointColumns = `checkpoints.id, run, step, kind, checkpoints.bitsPerCharacter,
  checkpoints.created, progress IS NOT NULL AS resumable`;

/**
 * The checkpoint that each run would serve by. Shipped runs first, whenever they came: any run of one's own is later
 * than they are. A figure from a file that does not say of which text it is compares with none.
 */
const candidates = `SELECT ${checkpointColumns}, corpus, state IN ('finished', 'stopped') AS ended,
    heldOutHash, origin = 'imported' AND heldOutHash IS NULL AS unproven
  FROM runs JOIN checkpoints ON checkpoints.id = (
    SELECT id FROM checkpoints WHERE run = runs.id ORDER BY ${bestFirst} LIMIT 1)
  WHERE @corpus IS NULL OR corpus = @corpus
  ORDER BY corpus, origin = 'shipped' DESC, runs.id`;

const candidateSchema = checkpointSchema
  .extend({
    corpus: z.string(),
    ended: z.int().transform(Boolean),
    heldOutHash: z.string().nullable(),
    unproven: z.int().transform(Boolean),
  })
  .transform(({ corpus, ended, heldOutHash, unproven, ...checkpoint }) => ({
    run: checkpoint.run,
    bitsPerCharacter: unproven ? null : checkpoint.bitsPerCharacter,
    corpus,
    ended,
    heldOutHash,
    checkpoint,
  }));
interface StoredCandidate extends Candidate {
  readonly corpus: string;
  readonly checkpoint: Checkpoint;
}

/** The checkpoint that a run writes by: its best by validation, else its latest; none where it has none. */
export function runCheckpoint(store: Store, run: number): Checkpoint | undefined {
  const row = store.row(
    `SELECT ${checkpointColumns} FROM checkpoints WHERE run = @run ORDER BY ${bestFirst} LIMIT 1`,
    { run },
  );
  return row === undefined ? undefined : parseRow(checkpointSchema, row, `A checkpoint of ${run}`);
}

/** The checkpoint that serves a corpus, where it has one. */
export function servingCheckpoint(store: Store, corpus: string): Checkpoint | undefined {
  return serve(store, corpus)[0]?.checkpoint;
}

/** What serves each corpus that has a checkpoint, by name. */
export function listServing(store: Store): Serving[] {
  return serve(store, null);
}

/** Whether a run serves the corpus that it learned, and why. @throws BadInput where there is no such run */
export function servingVerdict(store: Store, run: number): ServingVerdict {
  return store.snapshot(() => {
    const corpus = corpusOf(store, run);
    const all = candidatesOf(store, corpus);
    const own = all.find((candidate) => candidate.run === run);
    const choice = choicesOf(store).get(corpus) ?? 'auto';
    const { serving, standings } = applyRule(all);
    const served = chosen(all, choice) ?? serving;
    const serves = served?.run === run;
    return {
      ...{ run, corpus, serves, reason: reason() },
      checkpoint: own?.checkpoint ?? null,
      serving: served?.checkpoint ?? null,
    };

    function reason(): ServingReason {
      const standing = standings.get(run);
      if (standing === undefined) return 'no-checkpoint';
      if (chosen(all, choice)) return serves ? 'chosen' : 'other-chosen';
      return takesOver(standing) && !serves ? 'superseded' : standing;
    }
  });
}

/** @throws BadInput where there is no such run */
export function servingOutcome(store: Store, run: number): ServingOutcome {
  const { serves, reason, serving } = servingVerdict(store, run);
  return { serves, reason, run: serving?.run ?? null };
}

/**
 * Has a run serve a corpus until something else is chosen; `auto` goes back to the rule.
 * @throws BadInput where the run is of another corpus, or has no checkpoint
 */
export function chooseServing(store: Store, corpus: string, choice: ServingChoice): void {
  store.transaction(() => {
    if (choice !== 'auto' && !chosen(candidatesOf(store, corpus), choice)) {
      throw new BadInput(
        `Run ${choice} has no checkpoint to use for ${corpus}.`,
        'See `escriba runs` for the runs of each corpus.',
      );
    }
    store.write('DELETE FROM serving WHERE corpus = @corpus', { corpus });
    if (choice !== 'auto') {
      store.write('INSERT INTO serving VALUES (@corpus, @choice)', { corpus, choice });
    }
  });
}

function serve(store: Store, corpus: string | null): Serving[] {
  return store.snapshot(() => {
    const choices = choicesOf(store);
    const byCorpus = Map.groupBy(candidatesOf(store, corpus), (candidate) => candidate.corpus);
    return [...byCorpus].flatMap(([name, ofCorpus]) => {
      const choice = choices.get(name) ?? 'auto';
      const served = chosen(ofCorpus, choice) ?? applyRule(ofCorpus).serving;
      return served ? [{ corpus: name, choice, checkpoint: served.checkpoint }] : [];
    });
  });
}

function chosen(
  ofCorpus: readonly StoredCandidate[],
  choice: ServingChoice,
): StoredCandidate | undefined {
  return ofCorpus.find((candidate) => candidate.run === choice);
}

const choiceSchema = z.object({ corpus: z.string(), run: z.int() });

function choicesOf(store: Store): ReadonlyMap<string, number> {
  return new Map(
    store.rows('SELECT corpus, run FROM serving').map((row) => {
      const { corpus, run } = parseRow(choiceSchema, row, 'A choice of what serves');
      return [corpus, run];
    }),
  );
}

function candidatesOf(store: Store, corpus: string | null): StoredCandidate[] {
  return store
    .rows(candidates, { corpus })
    .map((row) => parseRow(candidateSchema, row, 'A checkpoint'));
}

function corpusOf(store: Store, run: number): string {
  const row = store.row('SELECT corpus FROM runs WHERE id = @run', { run });
  if (row !== undefined)
    return parseRow(z.object({ corpus: z.string() }), row, `Run ${run}`).corpus;
  throw new BadInput(`There is no run ${run}.`, '`escriba runs` lists those there are.');
}
