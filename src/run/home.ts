import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput, EscribaError } from '../errors.ts';
import type { Store } from '../store/database.ts';
import { OlderStore } from '../store/migrate.ts';
import { openStore, type StoreOptions } from '../store/open.ts';
import { atHome, databasePath } from '../store/path.ts';
import { newModels, takeModels } from './shipped-models.ts';

export interface HomeEnvironment {
  readonly ESCRIBA_DB?: string | undefined;
  /** A folder of `.safetensors` files in place of the models that come with the program, or `none`. */
  readonly ESCRIBA_MODELS?: string | undefined;
}

/**
 * Opens the store that the environment names, with the models that come with the program in it.
 * @param root the directory that holds the program's package.json
 * @throws EscribaError where the store cannot be opened
 */
export function openHome(
  environment: HomeEnvironment,
  root: string,
  now: () => number,
  options: Omit<StoreOptions, 'readonly'> = {},
): Store {
  const models = modelsFolder(environment, root);
  const store = openStore(databasePath(environment, root), options);
  try {
    takeModels(store, newModels(store, models), now());
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

/**
 * The same for reading. It is written to only where it is new, older than the program or lacks a model; where a model
 * cannot be taken in now, for the store is busy, full or another's, it is read without.
 */
export function openHomeToRead(
  environment: HomeEnvironment,
  root: string,
  now: () => number,
): Store {
  const path = databasePath(environment, root);
  const models = modelsFolder(environment, root);
  const reader = openReader(path);
  if (reader && newModels(reader, models).length === 0) return reader;
  reader?.close();
  try {
    openHome(environment, root, now).close();
  } catch (error) {
    if (!reader || !(error instanceof EscribaError)) throw error;
  }
  return openStore(path, { readonly: true });
}

/**
 * The folder that a new store's models are taken from.
 * @param root the directory that holds the program's package.json
 * @throws BadInput where the environment names one that is not there
 */
export function modelsFolder(environment: HomeEnvironment, root: string): string | undefined {
  const { ESCRIBA_MODELS: named } = environment;
  if (!named) return join(root, 'data', 'models');
  if (named === 'none') return undefined;
  const folder = atHome(named);
  if (existsSync(folder)) return folder;
  throw new BadInput(
    `ESCRIBA_MODELS names ${named}, which is not there.`,
    'Name a folder of .safetensors files, or none for a store without them.',
  );
}

/** The store as a reader has it, where it is there and up to date. */
function openReader(path: string): Store | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return openStore(path, { readonly: true });
  } catch (error) {
    if (error instanceof OlderStore) return undefined;
    throw error;
  }
}
