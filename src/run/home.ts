import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EscribaError } from '../errors.ts';
import type { Store } from '../store/database.ts';
import { OlderStore } from '../store/migrate.ts';
import { openStore, type StoreOptions } from '../store/open.ts';
import { databasePath } from '../store/path.ts';
import { newModels, takeModels } from './shipped-models.ts';

export interface HomeEnvironment {
  readonly ESCRIBA_DB?: string | undefined;
  /** A folder of `.safetensors` files in place of the models that come with the program. */
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
  const store = openStore(databasePath(environment, root), options);
  try {
    takeModels(store, newModels(store, modelsFolder(environment, root)), now());
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
  const reader = openReader(path);
  if (reader && newModels(reader, modelsFolder(environment, root)).length === 0) return reader;
  reader?.close();
  try {
    openHome(environment, root, now).close();
  } catch (error) {
    if (!reader || !(error instanceof EscribaError)) throw error;
  }
  return openStore(path, { readonly: true });
}

/** @param root the directory that holds the program's package.json */
export function modelsFolder(environment: HomeEnvironment, root: string): string {
  return environment.ESCRIBA_MODELS || join(root, 'data', 'models');
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
