import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { BadInput } from '../src/errors.ts';

/** One of the measurements that `npm run bench` offers. */
export interface Bench {
  readonly name: string;
  /** What it measures, as its help says it. */
  readonly about: string;
  readonly options: Options;
  /** Measures. `values` holds the value of every option that was given or has a default. */
  run(values: Values): Promise<Report>;
}

/** What a bench found: for a person, and for a program. */
export interface Report {
  readonly text: string;
  readonly data: unknown;
}

/** The options by name; one without a `value` is a switch. */
export type Options = Readonly<Record<string, Option>>;

interface Option {
  /** What stands for its value in the help: `FILE`. */
  readonly value?: string;
  readonly about: string;
  readonly default?: string;
}

export type Values = Readonly<Record<string, unknown>>;

const everyBench: Options = {
  json: { about: 'one JSON object instead of the table' },
  help: { about: 'this help' },
};

/** @throws BadInput on an argument that the bench does not know. */
export function readValues(bench: Bench, args: readonly string[]): Values {
  const options = Object.fromEntries(
    Object.entries({ ...bench.options, ...everyBench }).map(([name, option]) => [
      name,
      {
        type: option.value === undefined ? ('boolean' as const) : ('string' as const),
        ...(option.default === undefined ? {} : { default: option.default }),
      },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BadInput(message, `See npm run bench -- ${bench.name} --help.`, { cause });
  }
}

/** @throws BadInput on a value that does not fit the schema. */
export function checkValues<Schema extends z.ZodType>(
  values: Values,
  schema: Schema,
): z.infer<Schema> {
  const checked = schema.safeParse(values);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const option = String(issue?.path[0]);
  throw new BadInput(
    `--${option} cannot be ${String(values[option])}: ${issue?.message}.`,
    'See the help of this bench: --help.',
  );
}

export function helpOf(bench: Bench): string {
  const lines = Object.entries({ ...bench.options, ...everyBench }).map(([name, option]) => {
    const usage = option.value === undefined ? `--${name}` : `--${name} ${option.value}`;
    const otherwise = option.default === undefined ? '' : ` (${option.default})`;
    return `  ${usage.padEnd(18)} ${option.about}${otherwise}`;
  });
  return `npm run bench -- ${bench.name} [options]\n\n${bench.about}\n\n${lines.join('\n')}\n`;
}
