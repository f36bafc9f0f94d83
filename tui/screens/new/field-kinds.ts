import type { z } from 'zod';
import { limitsInWords, typedNumber } from '../../../src/train/limits.ts';
import { short } from '../../drawing/numbers.ts';
import type { Wish } from './wish.ts';

/** One thing to fill in. */
export interface Field {
  readonly title: string;
  /** What it holds, as it is shown. */
  readonly value: string;
  readonly about: string;
  /** Fields of one group stand together. */
  readonly group: 'text' | 'network' | 'training' | 'budget' | 'run';
  /** The wish with the choice that many places further; the ends stay where they are. */
  change(by: 1 | -1): Wish;
  /** Takes a typed value; undefined where it cannot be used. None where only choices can be taken. */
  readonly type?: (text: string) => Wish | undefined;
  /** What a typed value has to be: `a whole number from 8 to 2048`. */
  readonly allowed?: string;
}

export type Ungrouped = Omit<Field, 'group'>;

export function inGroup(group: Field['group'], fields: readonly Ungrouped[]): Field[] {
  return fields.map((field) => ({ ...field, group }));
}

/** Some of the choices, of which only these can be taken. */
export function choice<T>(
  title: string,
  about: string,
  choices: readonly T[],
  value: T,
  words: (value: T) => string,
  set: (value: T) => Wish,
): Ungrouped {
  return { title, about, value: words(value), change: (by) => set(step(choices, value, by)) };
}

export function number(
  title: string,
  value: number,
  about: string,
  limit: z.ZodNumber,
  steps: readonly number[],
  set: (value: number) => Wish,
): Ungrouped {
  return {
    title,
    value: value >= 10_000 ? short(value) : String(value),
    about,
    change: (by) => set(stepNumber(steps, value, by)),
    allowed: limitsInWords(limit),
    type: (text) => {
      const read = typedNumber(limit, text);
      return read === undefined ? undefined : set(read);
    },
  };
}

/** A number that the program chooses where a person does not. */
export function optional(
  title: string,
  value: number | null,
  about: string,
  otherwise: string,
  limit: z.ZodNumber,
  steps: readonly number[],
  set: (value: number | null) => Wish,
): Ungrouped {
  return {
    title,
    value: value === null ? otherwise : String(value),
    about: value === null && otherwise === 'automatic' ? `${about} Chosen for you.` : about,
    change: (by) => {
      if (value === null) return set(by > 0 ? (steps[0] ?? null) : null);
      return set(by < 0 && value <= (steps[0] ?? 0) ? null : stepNumber(steps, value, by));
    },
    allowed: `${limitsInWords(limit)}, or nothing`,
    type: (text) => {
      if (text.trim() === '') return set(null);
      const read = typedNumber(limit, text);
      return read === undefined ? undefined : set(read);
    },
  };
}

export function step<T>(choices: readonly T[], value: T, by: 1 | -1): T {
  const place = choices.indexOf(value) + by;
  return choices[Math.max(0, Math.min(choices.length - 1, place))] ?? value;
}

/** The next of the steps above or below a number, which need not be one of them. */
function stepNumber(steps: readonly number[], value: number, by: 1 | -1): number {
  const next = by > 0 ? steps.find((each) => each > value) : steps.findLast((each) => each < value);
  return next ?? value;
}
