import { z } from 'zod';
import { BadInput } from '../errors.ts';
import { type Checkpoint, checkpointForm } from './checkpoints.ts';
import type { Store } from './database.ts';
import { parseRow } from './rows.ts';

/** What a person chose to serve a corpus: its latest run worth it, its best by validation, or a run. */
export type ServingChoice = 'latest' | 'best' | number;

export interface Serving {
  readonly corpus: string;
  readonly choice: ServingChoice;
  readonly checkpoint: Checkpoint;
}

const candidateForm = checkpointForm.extend({ corpus: z.string(), ended: z.int() });
type Candidate = z.infer<typeof candidateForm>;

/**
 * The checkpoint that each run would serve by: its best by validation, or its last where none was
 * measured. Shipped runs first, whenever they came: any run of one's own is later than they are.
 */
const candidates = `SELECT checkpoints.id, run, step, kind, checkpoints.bitsPerCharacter,
    checkpoints.created, progress IS NOT NULL AS resumable, corpus,
    state IN ('finished', 'stopped') AS ended
  FROM runs JOIN checkpoints ON checkpoints.id = (
    SELECT id FROM checkpoints WHERE run = runs.id
    ORDER BY kind = 'best' DESC, kind = 'last' DESC, step DESC, id DESC LIMIT 1)
  WHERE @corpus IS NULL OR corpus = @corpus
  ORDER BY corpus, origin = 'shipped' DESC, runs.id`;

/** The checkpoint that serves a corpus, where it has one. */
export function servingCheckpoint(store: Store, corpus: string): Checkpoint | undefined {
  return serve(store, corpus)[0]?.checkpoint;
}

/** What serves each corpus that has a checkpoint, by name. */
export function listServing(store: Store): Serving[] {
  return serve(store, null);
}

/** @throws BadInput where the run is of another corpus, or has no checkpoint */
export function chooseServing(store: Store, corpus: string, choice: ServingChoice): void {
  store.transaction(() => {
    store.write('DELETE FROM serving WHERE corpus = @corpus', { corpus });
    if (choice === 'latest') return;
    const run = choice === 'best' ? null : choice;
    if (run !== null && !candidatesOf(store, corpus).some((candidate) => candidate.run === run)) {
      throw new BadInput(
        `Run ${run} has no checkpoint that could serve ${corpus}.`,
        'See `escriba runs` for the runs of each corpus.',
      );
    }
    store.write('INSERT INTO serving VALUES (@corpus, @run)', { corpus, run });
  });
}

function serve(store: Store, corpus: string | null): Serving[] {
  return store.snapshot(() => {
    const choices = new Map<string, ServingChoice>(
      store.rows('SELECT corpus, run FROM serving').map((row) => {
        const choice = parseRow(choiceForm, row, 'A choice of what serves');
        return [choice.corpus, choice.run ?? 'best'];
      }),
    );
    const byCorpus = Map.groupBy(candidatesOf(store, corpus), (candidate) => candidate.corpus);
    return [...byCorpus].flatMap(([name, ofCorpus]) => {
      const choice = choices.get(name) ?? 'latest';
      const chosen = choose(ofCorpus, choice);
      if (!chosen) return [];
      const { corpus: _, ended, ...checkpoint } = chosen;
      return [{ corpus: name, choice, checkpoint }];
    });
  });
}

const choiceForm = z.object({ corpus: z.string(), run: z.int().nullable() });

function candidatesOf(store: Store, corpus: string | null): Candidate[] {
  return store
    .rows(candidates, { corpus })
    .map((row) => parseRow(candidateForm, row, 'A checkpoint'));
}

/** @param ofCorpus the oldest first */
function choose(ofCorpus: readonly Candidate[], choice: ServingChoice): Candidate | undefined {
  if (choice === 'latest') return latest(ofCorpus);
  if (choice === 'best') return best(ofCorpus) ?? latest(ofCorpus);
  return ofCorpus.find((candidate) => candidate.run === choice);
}

/** The newest that has ended, or a newer one under way that beats what served until then. */
function latest(ofCorpus: readonly Candidate[]): Candidate | undefined {
  return ofCorpus.reduce<Candidate | undefined>(
    (serves, next) => (!serves || next.ended || beats(next, serves) ? next : serves),
    undefined,
  );
}

function best(ofCorpus: readonly Candidate[]): Candidate | undefined {
  return ofCorpus
    .filter((candidate) => candidate.bitsPerCharacter !== null)
    .reduce<Candidate | undefined>(
      (serves, next) => (!serves || beats(next, serves) ? next : serves),
      undefined,
    );
}

function beats(one: Candidate, other: Candidate): boolean {
  if (one.bitsPerCharacter === null || other.bitsPerCharacter === null) return false;
  return one.bitsPerCharacter < other.bitsPerCharacter;
}
