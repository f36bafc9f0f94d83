import { z } from 'zod';
import { limits, limitsInWords, typedNumber } from '../train/limits.ts';

/** A number as typed, within limits. */
export function typed(limit: z.ZodNumber) {
  return z.string().transform((text, context) => {
    const value = typedNumber(limit, text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `it must be ${limitsInWords(limit)}` });
    return z.NEVER;
  });
}

/** A whole number as typed, within limits that belong to it. */
export function whole(from: number, to: number) {
  return typed(z.int().min(from).max(to));
}

/** A number as typed, within limits that belong to it. */
export function decimal(from: number, to: number) {
  return typed(z.number().min(from).max(to));
}

/** One of some words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, `it must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
}

/** The name or address of a machine, and a port of it. */
export const rendezvous = z
  .string()
  .regex(
    /^[\w.-]+:\d{1,5}$/,
    'it must be a name or an address and a port, such as 192.168.0.10:29400',
  );

/** Seeds the random numbers. */
export const randomSeed = typed(limits.randomSeed);

/** The values that were given. */
export function withoutMissing<Value>(
  values: Readonly<Record<string, Value | undefined>>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}
