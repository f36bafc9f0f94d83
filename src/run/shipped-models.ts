import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BadInput, systemReason } from '../errors.ts';
import type { Store } from '../store/database.ts';
import { listShipped, recordShipped } from '../store/shipped.ts';
import { keepModel } from './keep-model.ts';
import { corpusOf, type NetworkFile, parseNetworkFile } from './model-file.ts';

/** A model that comes with the program and was not taken in before. */
interface NewModel {
  readonly file: string;
  readonly model: NetworkFile;
  readonly corpus: string;
}

/** The models of a folder that a store does not have: what was deleted since stays away. What is no model is passed over. */
export function newModels(store: Store, folder: string | undefined): NewModel[] {
  return newFiles(store, folder).flatMap((path) => {
    const read = readNew(path);
    return read instanceof BadInput ? [] : [read];
  });
}

/** The files of a folder that are passed over though they are named as models are, and why. */
export function unusableModels(
  store: Store,
  folder: string | undefined,
): { readonly path: string; readonly problem: BadInput }[] {
  return newFiles(store, folder).flatMap((path) => {
    const read = readNew(path);
    return read instanceof BadInput ? [{ path, problem: read }] : [];
  });
}

/** Takes models into the store, each once. */
export function takeModels(store: Store, models: readonly NewModel[], now: number): void {
  for (const { file, model, corpus } of models) {
    store.transaction(() => {
      // Another process may have been quicker.
      if (listShipped(store).includes(file)) return;
      keepModel(store, model, { corpus, origin: 'shipped' }, now);
      recordShipped(store, file, now);
    });
  }
}

/** The paths of files that were not taken before. */
function newFiles(store: Store, folder: string | undefined): string[] {
  const files = folder === undefined ? [] : filesIn(folder);
  const models = files.filter((file) => file.endsWith('.safetensors'));
  const taken = models.length > 0 ? listShipped(store) : [];
  return models.filter((file) => !taken.includes(file)).map((file) => join(folder ?? '', file));
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new BadInput(
      `The folder of models ${folder} could not be read: ${systemReason(cause)}.`,
      'Make it readable, or name another one in ESCRIBA_MODELS.',
      { cause },
    );
  }
}

function readNew(path: string): NewModel | BadInput {
  try {
    const model = parseNetworkFile(readFileSync(path));
    return { file: basename(path), model, corpus: corpusOf(model, path, undefined) };
  } catch (error) {
    if (error instanceof BadInput) return error;
    return new BadInput(`It cannot be read: ${systemReason(error)}.`, 'Make sure you may read it.');
  }
}
