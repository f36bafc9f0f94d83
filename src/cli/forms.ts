import { z } from 'zod';

/** A whole number as typed, within limits that belong to it. */
export function whole(from: number, to: number) {
  return numberWithin(from, to, `a whole number from ${from} to ${to}`, Number.isSafeInteger);
}

/** A number as typed, within limits that belong to it. */
export function decimal(from: number, to: number) {
  return numberWithin(from, to, `a number from ${from} to ${to}`, Number.isFinite);
}

function numberWithin(
  from: number,
  to: number,
  wanted: string,
  isOfItsKind: (value: number) => boolean,
) {
  return z
    .string()
    .regex(/^[-+.\d]/, `it must be ${wanted}`)
    .transform(Number)
    .refine((value) => isOfItsKind(value) && value >= from && value <= to, `it must be ${wanted}`);
}

/** One of some words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, `it must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
}

/** The number of a run. */
export const runNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'it must be the number of a run, as `escriba runs` shows them')
  .transform(Number);

/** Seeds the random numbers. */
export const randomSeed = whole(0, 2 ** 32 - 1);

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
