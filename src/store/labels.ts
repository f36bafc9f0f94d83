import { z } from 'zod';
import { BadInput } from '../errors.ts';
import type { Store } from './database.ts';

/** What a person calls a run; null or empty takes it away. */
export const runNameSchema = z.string().trim().max(60);
/** A person's note on a run, at most 2,000 characters; null or empty takes it away. */
export const runNoteSchema = z.string().trim().max(2000);

/** What a person says of a run. */
export interface RunLabels {
  /** At most 60 characters. */
  readonly name: string | null;
  /** At most 2,000 characters. */
  readonly note: string | null;
  /** Whether it stands above the others. */
  readonly pinned: boolean;
}

/**
 * Changes what a person says of a run, while it is trained too; what is not given stays.
 * @throws BadInput where there is no such run, or a text is too long
 */
export function labelRun(store: Store, run: number, labels: Partial<RunLabels>): void {
  const { name, note, pinned } = labels;
  const values = {
    ...(name !== undefined && { name: textOf(name, runNameSchema, 'name') }),
    ...(note !== undefined && { note: textOf(note, runNoteSchema, 'note') }),
    ...(pinned !== undefined && { pinned: Number(pinned) }),
  };
  const columns = Object.keys(values).map((column) => `${column} = @${column}`);
  if (columns.length === 0) return;
  const sql = `UPDATE runs SET ${columns.join(', ')} WHERE id = @run`;
  const { changes } = store.write(sql, { run, ...values });
  if (changes > 0) return;
  throw new BadInput(`There is no run ${run}.`, '`escriba runs` lists those there are.');
}

function textOf(text: string | null, schema: z.ZodString, what: string): string | null {
  const checked = schema.safeParse(text ?? '');
  if (checked.success) return checked.data === '' ? null : checked.data;
  throw new BadInput(
    `The ${what} of a run has at most ${schema.maxLength} characters; this one has ${text?.length}.`,
    'Choose a shorter one.',
  );
}
