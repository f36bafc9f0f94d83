import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { BadInput, systemReason } from '../errors.ts';
import type { NamedArrays, NetworkConfig } from '../network/config.ts';
import { fromSafetensors, toSafetensors } from '../network/network-file.ts';
import type { Precision } from '../network/safetensors.ts';
import type { Store } from '../store/database.ts';
import { type Evaluation, evaluationSchema, readEvaluations } from '../store/metrics.ts';
import { json } from '../store/rows.ts';
import { findHeldOutHash, findTextHash } from '../store/runs.ts';
import { listSamples, sampleSchema } from '../store/samples.ts';
import { readTokenizer, saveTokenizer } from '../text/tokenizer/saved-tokenizer.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

import {
  type Machine,
  machineSchema,
  type TrainingSettings,
  trainingSettingsSchema,
} from '../train/settings.ts';
import type { StoredNetwork } from './models.ts';
import { beganWithWeights } from './train-command.ts';

/** A trained network from a file, with what its metadata says of its training; null where it does not say. */
export interface NetworkFile {
  readonly config: NetworkConfig;
  readonly tokenizer: Tokenizer;
  readonly weights: NamedArrays;
  readonly corpus: string | null;
  readonly settings: TrainingSettings | null;
  readonly machine: Machine | null;
  readonly step: number;
  /** Its validation figure. */
  readonly bitsPerCharacter: number | null;
  /** The SHA-256 of the whole text that it learned. */
  readonly textHash: string | null;
  /** The SHA-256 of the text of that figure. */
  readonly heldOutHash: string | null;
  /** The validation figures of its training, in the order of their steps. */
  readonly evaluations: readonly Evaluation[];
  /** Texts that were drawn from it while it learned, the oldest first. */
  readonly samples: readonly FileSample[];
}

const fileSampleSchema = sampleSchema.pick({
  step: true,
  seed: true,
  text: true,
  temperature: true,
});
type FileSample = z.infer<typeof fileSampleSchema>;

/** Bits per character of the held-out parts. */
export interface HeldOutFigures {
  readonly validation: number;
  readonly test: number;
}

/** What is told of a file beyond its run. */
export interface Measured {
  /** Figures of these very weights, in this precision. */
  readonly heldOut?: HeldOutFigures;
  /** What the run's own logits were multiplied by. */
  readonly logitsTimes?: number;
}

/** Metadata is text; what is not of its form, such as another program's, tells nothing. */
const trainingSchema = z.object({
  corpus: z.string().nullable().catch(null),
  settings: json(trainingSettingsSchema).nullable().catch(null),
  machine: json(machineSchema).nullable().catch(null),
  step: json(z.int().nonnegative()).catch(0),
  bitsPerCharacter: json(z.number()).nullable().catch(null),
  textHash: json(z.string()).nullable().catch(null),
  heldOutHash: json(z.string()).nullable().catch(null),
  evaluations: json(z.array(evaluationSchema)).catch([]),
  samples: json(z.array(fileSampleSchema)).catch([]),
});

/** Samples that a file takes along, the newest. */
const samplesTaken = 12;

/** A model as the bytes of a `.safetensors` file, with the story of its training. */
export function modelFile(
  store: Store,
  { run, checkpoint, config, tokenizer, weights }: StoredNetwork,
  precision: Precision,
  { heldOut, logitsTimes }: Measured = {},
): Uint8Array {
  const samples = listSamples(store, run.id, samplesTaken).reverse();
  const known = {
    settings: run.settings && { ...run.settings, fromWeights: beganWithWeights(run) },
    machine: run.machine,
    step: checkpoint.step,
    bitsPerCharacter: heldOut?.validation ?? checkpoint.bitsPerCharacter,
    textHash: findTextHash(store, run.id) ?? undefined,
    heldOutHash: findHeldOutHash(store, run.id) ?? undefined,
    heldOut,
    logitsTimes,
    evaluations: readEvaluations(store, run.id),
    samples: samples.map(({ step, seed, text, temperature }) => ({
      ...{ step, seed, text, temperature },
    })),
  };
  const metadata = {
    corpus: run.corpus,
    ...Object.fromEntries(
      Object.entries(known)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  };
  return toSafetensors({ config, ...saveTokenizer(tokenizer), weights, metadata }, precision);
}

/** @throws BadInput where the bytes hold no network that fits */
export function parseNetworkFile(bytes: Uint8Array): NetworkFile {
  const { config, weights, metadata, ...saved } = fromSafetensors(bytes);
  return {
    ...trainingSchema.parse(metadata),
    config,
    tokenizer: readTokenizer(saved),
    weights,
  };
}

/** @throws BadInput where the file cannot be read, or holds no network that fits */
export async function readNetworkFile(path: string): Promise<NetworkFile> {
  if (path.endsWith('.onnx')) {
    throw new BadInput(
      `${path} is an ONNX file, which is for other programs: only .safetensors files are read back.`,
      'Export the run as a .safetensors file as well.',
    );
  }
  try {
    return parseNetworkFile(await readFile(path));
  } catch (cause) {
    if (cause instanceof BadInput) throw cause;
    throw new BadInput(
      `The file ${path} could not be read: ${systemReason(cause)}.`,
      'Name a .safetensors file.',
      { cause },
    );
  }
}

/** What a file's network learned. @throws BadInput where neither the file nor the person says it, or they disagree */
export function corpusOf(
  file: Pick<NetworkFile, 'corpus'>,
  path: string,
  chosen: string | undefined,
): string {
  if (chosen !== undefined && file.corpus !== null && chosen !== file.corpus) {
    throw new BadInput(
      `The network in ${path} learned ${file.corpus}, not ${chosen}.`,
      'Leave out --corpus.',
    );
  }
  const corpus = chosen ?? file.corpus;
  if (corpus !== null) return corpus;
  throw new BadInput(
    `The file ${path} does not say which text it learned.`,
    'Name it with --corpus NAME.',
  );
}
