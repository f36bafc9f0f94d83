import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { BadInput, EscribaError } from '../errors.ts';
import type { NamedArrays, NetworkConfig } from '../network/config.ts';
import { fromSafetensors, toSafetensors } from '../network/network-file.ts';
import type { Model } from '../run/models.ts';
import { settingsForm } from '../store/forms.ts';
import { json } from '../store/rows.ts';
import { Vocabulary } from '../text/vocabulary.ts';
import type { TrainingSettings } from '../train/settings.ts';

/** A trained network from a file, with what its metadata tells of its training; null where that is not told. */
export interface ModelFile {
  readonly config: NetworkConfig;
  readonly vocabulary: Vocabulary;
  readonly weights: NamedArrays;
  readonly corpus: string | null;
  readonly settings: TrainingSettings | null;
  readonly step: number;
  /** Its validation figure. */
  readonly bitsPerCharacter: number | null;
}

/** Metadata is text; what is not of its form, such as another program's, tells nothing. */
const trainingForm = z.object({
  corpus: z.string().nullable().catch(null),
  settings: json(settingsForm).nullable().catch(null),
  step: json(z.int().nonnegative()).catch(0),
  bitsPerCharacter: json(z.number()).nullable().catch(null),
});

/** A model as the bytes of a `.safetensors` file. */
export function modelFile({ run, checkpoint, config, vocabulary, weights }: Model): Uint8Array {
  const { step, bitsPerCharacter } = checkpoint;
  const metadata = {
    corpus: run.corpus,
    settings: JSON.stringify(run.settings),
    step: JSON.stringify(step),
    bitsPerCharacter: JSON.stringify(bitsPerCharacter),
  };
  return toSafetensors({ config, vocabulary: vocabulary.characters, weights, metadata });
}

/** @throws BadInput where the file cannot be read, or holds no network that fits */
export async function readModelFile(path: string): Promise<ModelFile> {
  const { config, vocabulary, weights, metadata } = fromSafetensors(await readBytes(path));
  return {
    config,
    vocabulary: Vocabulary.parse(vocabulary),
    weights,
    ...trainingForm.parse(metadata),
  };
}

/** What a file's network learnt. @throws BadInput where neither the file nor the person says it */
export function corpusOf(
  file: Pick<ModelFile, 'corpus'>,
  path: string,
  said: string | undefined,
): string {
  const corpus = said ?? file.corpus;
  if (corpus !== null) return corpus;
  throw new BadInput(
    `The file ${path} does not say which text it learnt.`,
    'Say it with --corpus NAME.',
  );
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BadInput(
      `The file ${path} could not be read: ${reason}.`,
      'Name a .safetensors file.',
      { cause },
    );
  }
}

/** Writes a file whole. @throws EscribaError where the disk does not take it */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EscribaError(
      `The file ${path} could not be written: ${reason}.`,
      'Name another place, or make room.',
      { cause },
    );
  }
}
