import { z } from 'zod';
import type { ZodMiniType } from 'zod/mini';
import { invalidForm } from './refusal.ts';

/** Refuses what the official description does not let through. */
export function check(schema: ZodMiniType, value: unknown): void {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidForm(result.error.issues);
}

/** Reads what the loopback Discord itself looks at, after the official description has been held against it. */
export function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidForm(z.flattenError(result.error));
  return result.data;
}
