import { z } from 'zod';
import { BadInput } from '../errors.ts';
import { type NetworkConfig, networkSchema } from '../network/config.ts';
import type { SavedTokenizer } from '../text/tokenizer/saved-tokenizer.ts';
import type { TokenizerKind } from '../text/tokenizer/tokenizer.ts';
import {
  type Machine,
  machineSchema,
  type TrainingSettings,
  trainingSettingsSchema,
  unknownSettings,
} from '../train/settings.ts';
import type { Store } from './database.ts';
import { isAlive } from './heartbeats.ts';
import type { RunLabels } from './labels.ts';
import { json, parseRow } from './rows.ts';

const origins = ['trained', 'imported', 'shipped'] as const;
type RunOrigin = (typeof origins)[number];

const storedStates = ['running', 'paused', 'finished', 'stopped', 'failed'] as const;
/** `died`: it is written as running or paused, but the process that trained it is gone. */
type RunState = (typeof storedStates)[number] | 'died';

/** One training of one network, or a network that came from a file: what it was made with, and how far it has come. */
export interface Run extends RunLabels {
  readonly id: number;
  /** The name of the corpus that it learned from. */
  readonly corpus: string;
  readonly origin: RunOrigin;
  /** The run whose weights it began with. */
  readonly parent: number | null;
  readonly network: NetworkConfig;
  /** Null where it was trained elsewhere and not told, as is `machine`. */
  readonly settings: TrainingSettings | null;
  readonly machine: Machine | null;
  /** The V tokens, in the order of their ids. */
  readonly vocabulary: readonly string[];
  /** What the tokens are; `readRunTokenizer` gives the tokenizer itself. */
  readonly tokenizer: TokenizerKind;
  readonly parameters: number;
  readonly state: RunState;
  /** Why it ended, where there is something to say. */
  readonly reason: string | null;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly updated: number;
  /** Steps done, and passes over the training part. */
  readonly steps: number;
  readonly passes: number;
  /** Seconds spent training. */
  readonly elapsed: number;
  /** The training loss: the mean of the steps written last. */
  readonly bitsPerCharacter: number | null;
  readonly charsPerSecond: number | null;
  /** The lowest validation figure so far. */
  readonly best: { readonly step: number; readonly bitsPerCharacter: number } | null;
}

const runSchema = z
  .object({
    id: z.int(),
    corpus: z.string(),
    origin: z.enum(origins),
    parent: z.int().nullable(),
    network: json(networkSchema),
    settings: json(trainingSettingsSchema).nullable(),
    machine: json(machineSchema).nullable(),
    vocabulary: json(z.array(z.string())),
    tokenizer: z.enum(['char', 'bpe'] satisfies TokenizerKind[]),
    parameters: z.int(),
    name: z.string().nullable(),
    note: z.string().nullable(),
    pinned: z.int().transform(Boolean),
    state: z.enum(storedStates),
    reason: z.string().nullable(),
    created: z.int(),
    updated: z.int(),
    steps: z.int(),
    passes: z.number(),
    elapsed: z.number(),
    bitsPerCharacter: z.number().nullable(),
    charsPerSecond: z.number().nullable(),
    bestStep: z.int().nullable(),
    bestBitsPerCharacter: z.number().nullable(),
    pid: z.int().nullable(),
    host: z.string().nullable(),
    at: z.int().nullable(),
  })
  .refine((run) => run.vocabulary.length === run.network.vocabularySize, {
    path: ['vocabulary'],
    message: 'it has not as many tokens as the network',
  });

const savedTokenizerSchema = z.object({
  vocabulary: json(z.array(z.string())),
  tokenizer: z.string().nullable(),
});

const idSchema = z.object({ id: z.int() });
const textHashSchema = z.object({ textHash: z.string().nullable() });
const heldOutHashSchema = z.object({ heldOutHash: z.string().nullable() });

/** What the name of a training's heartbeat begins with, before the number of its run. */
const heartbeatPrefix = 'training ';

const select = `SELECT runs.*, pid, host, at,
    CASE WHEN tokenizers.run IS NULL THEN 'char' ELSE 'bpe' END AS tokenizer
  FROM runs LEFT JOIN tokenizers ON tokenizers.run = runs.id
  LEFT JOIN heartbeats ON heartbeats.name = '${heartbeatPrefix}' || runs.id`;

/** The name of a run's heartbeat. */
export function heartbeatName(run: number): string {
  return `${heartbeatPrefix}${run}`;
}

/** The run whose training has that heartbeat; none where it is another process's. */
export function runOfHeartbeat(name: string): number | undefined {
  return name.startsWith(heartbeatPrefix) ? Number(name.slice(heartbeatPrefix.length)) : undefined;
}

/** @throws BadInput where there is no such run */
export function getRun(store: Store, id: number, now: number): Run {
  const row = store.row(`${select} WHERE runs.id = @id`, { id });
  if (row === undefined) throw noSuchRun(id);
  return runOf(store, row, now);
}

/** All runs, the newest first. */
export function listRuns(store: Store, now: number): Run[] {
  return store.rows(`${select} ORDER BY runs.id DESC`).map((row) => runOf(store, row, now));
}

/** The tokenizer of a run. @throws BadInput where there is no such run */
export function readRunTokenizer(store: Store, id: number): SavedTokenizer {
  const row = store.row(
    `SELECT vocabulary, json AS tokenizer
     FROM runs LEFT JOIN tokenizers ON tokenizers.run = runs.id WHERE runs.id = @id`,
    { id },
  );
  if (row === undefined) throw noSuchRun(id);
  return parseRow(savedTokenizerSchema, row, `Run ${id}`);
}

/** The numbers of all runs, the newest first: cheap where nothing else of them is needed. */
export function listRunIds(store: Store): number[] {
  return store.rows('SELECT id FROM runs ORDER BY id DESC').map((row) => idSchema.parse(row).id);
}

/** The SHA-256 of the text that a run learns; null where it is not known. */
export function findTextHash(store: Store, id: number): string | null {
  const row = store.row('SELECT textHash FROM runs WHERE id = @id', { id });
  return row === undefined ? null : textHashSchema.parse(row).textHash;
}

/** The SHA-256 of the validation part that a run's figures are of; null where it is not known. */
export function findHeldOutHash(store: Store, id: number): string | null {
  const row = store.row('SELECT heldOutHash FROM runs WHERE id = @id', { id });
  return row === undefined ? null : heldOutHashSchema.parse(row).heldOutHash;
}

/** Settings of a run that this version does not know: those of an option that was there once, or comes later. */
export function findUnknownSettings(store: Store, id: number): Readonly<Record<string, unknown>> {
  const row = store.row('SELECT settings FROM runs WHERE id = @id', { id });
  const schema = z.object({ settings: json(z.record(z.string(), z.unknown())).nullable() });
  const { settings } = parseRow(schema, row, `Run ${id}`);
  return Object.fromEntries(
    unknownSettings(settings ?? {}).map((name) => [name, settings?.[name]]),
  );
}

/** The run that was written to last: trained, begun or ended. */
export function lastWrittenRunId(store: Store): number | undefined {
  const row = store.row('SELECT id FROM runs ORDER BY updated DESC, id DESC LIMIT 1');
  return row === undefined ? undefined : idSchema.parse(row).id;
}

/** Whether any run was trained with this store, and not brought into it. */
export function hasTrained(store: Store): boolean {
  return store.row(`SELECT 1 FROM runs WHERE origin = 'trained' LIMIT 1`) !== undefined;
}

/** Running or paused. */
export function isUnderWay({ state }: { readonly state: RunState }): boolean {
  return state === 'running' || state === 'paused';
}

function noSuchRun(id: number): BadInput {
  return new BadInput(`There is no run ${id}.`, '`escriba runs` lists those there are.');
}

function runOf(store: Store, row: unknown, now: number): Run {
  const { id } = idSchema.parse(row);
  const { pid, host, at, bestStep, bestBitsPerCharacter, ...run } = parseRow(
    runSchema,
    row,
    `Run ${id}`,
  );
  const held =
    pid !== null && host !== null && at !== null && isAlive(store, { pid, host, at }, now);
  const best =
    bestStep === null || bestBitsPerCharacter === null
      ? null
      : { step: bestStep, bitsPerCharacter: bestBitsPerCharacter };
  return { ...run, best, state: isUnderWay(run) && !held ? 'died' : run.state };
}
