import { z } from 'zod';
import { EscribaError } from '../errors.ts';

/** A column that holds JSON of this form. */
export function json<T>(form: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'it is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(form);
}

/**
 * What a row of the store holds, checked.
 * @param what the row as a person would name it: `Run 3`
 * @throws EscribaError that names the row, the column and what is wrong with it
 */
export function parseRow<T>(form: z.ZodType<T>, row: unknown, what: string): T {
  const parsed = form.safeParse(row);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new EscribaError(
    `${what} is damaged in the store, in the column ${issue?.path.join('.')}: ${issue?.message}.`,
    'Restore the store from a backup, or delete the run that it belongs to.',
    { cause: parsed.error },
  );
}
