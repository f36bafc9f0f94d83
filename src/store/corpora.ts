import { z } from 'zod';
import { BadInput, EscribaError } from '../errors.ts';
import type { Corpus } from '../text/corpus.ts';
import type { Store } from './database.ts';
import { parseRow } from './rows.ts';

/** A text that was added or fetched, without the text itself. */
export interface CorpusInfo extends Pick<Corpus, 'name' | 'title' | 'passageKind'> {
  /** The file or the address that it came from. */
  readonly source: string;
  /** Of the bytes as they came, in hexadecimal. */
  readonly sha256: string;
  readonly characters: number;
  /** Milliseconds since 1970. */
  readonly added: number;
}

/** A text as the store keeps it. */
export interface StoredCorpus extends CorpusInfo {
  readonly text: string;
  /** As a corpus has them; null of a text that was kept before they were, which is cut by its paragraphs. */
  readonly heldOutGroups: readonly number[] | null;
}

/** A text to keep. */
export type NewCorpus = Omit<StoredCorpus, 'added'>;

const infoSchema = z.object({
  name: z.string(),
  title: z.string(),
  passageKind: z.enum(['verse', 'paragraph', 'line']),
  source: z.string(),
  sha256: z.string(),
  characters: z.int(),
  added: z.int(),
}) satisfies z.ZodType<CorpusInfo>;
const corpusSchema = infoSchema.extend({
  text: z.string(),
  heldOutGroups: z
    .string()
    .nullable()
    .transform((json): unknown => (json === null ? null : JSON.parse(json)))
    .pipe(z.array(z.int()).nullable()),
});

/** Keeps a text; the same one under the same name again changes nothing. @throws BadInput for another one */
export function addCorpus(store: Store, corpus: NewCorpus, now: number): void {
  const { name, title, passageKind, source, sha256, characters, text } = corpus;
  const heldOutGroups = corpus.heldOutGroups && JSON.stringify(corpus.heldOutGroups);
  store.transaction(() => {
    const known = findCorpus(store, name);
    if (known?.text === text) return;
    if (known) {
      throw new BadInput(
        `A different text is already called "${name}" (from ${known.source}).`,
        'Choose another name, or replace it with --replace.',
      );
    }
    store.write(
      `INSERT INTO corpora VALUES
         (@name, @title, @passageKind, @source, @sha256, @characters, @now, @text, @heldOutGroups)`,
      { name, title, passageKind, source, sha256, characters, now, text, heldOutGroups },
    );
  });
}

/** A text by its name, undefined where the store keeps none. @throws EscribaError where its row is damaged */
export function findCorpus(store: Store, name: string): StoredCorpus | undefined {
  const row = store.row('SELECT * FROM corpora WHERE name = @name', { name });
  return row === undefined ? undefined : parseRow(corpusSchema, row, `The corpus ${name}`);
}

/** By name. */
export function listCorpora(store: Store): CorpusInfo[] {
  return store
    .rows(
      `SELECT name, title, passageKind, source, sha256, characters, added FROM corpora ORDER BY name`,
    )
    .map((row) => parseRow(infoSchema, row, 'A corpus'));
}

/**
 * Keeps a text in the place of the one that has its name, whether or not there is one.
 * @returns the ids of the runs that learned the other one, which is gone
 */
export function replaceCorpus(store: Store, corpus: NewCorpus, now: number): number[] {
  const known = findCorpus(store, corpus.name);
  if (known === undefined || known.text === corpus.text) {
    addCorpus(store, corpus, now);
    return [];
  }
  const runs = store.transaction(() => {
    const learned = dropCorpus(store, corpus.name);
    addCorpus(store, corpus, now);
    return learned;
  });
  store.giveBackSpace();
  return runs;
}

/**
 * Removes a text. Runs that learned from it stay and still write, for each keeps its vocabulary; they
 * cannot be resumed or evaluated until the same text is added again.
 * @returns the ids of these runs
 * @throws EscribaError where there is no such text
 */
export function removeCorpus(store: Store, name: string): number[] {
  const runs = store.transaction(() => dropCorpus(store, name));
  store.giveBackSpace();
  return runs;
}

function dropCorpus(store: Store, name: string): number[] {
  const { changes } = store.write('DELETE FROM corpora WHERE name = @name', { name });
  if (changes === 0) {
    throw new EscribaError(
      `There is no text ${name} in the store.`,
      '`escriba corpus list` lists those there are.',
    );
  }
  return store
    .rows('SELECT id FROM runs WHERE corpus = @name ORDER BY id', { name })
    .map((row) => parseRow(z.object({ id: z.int() }), row, 'A run').id);
}
