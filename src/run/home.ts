import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from '../errors.ts';
import type { Store } from '../store/database.ts';
import { openStore, type StoreOptions } from '../store/open.ts';
import { databasePath } from '../store/path.ts';
import { listShipped, recordShipped } from '../store/shipped.ts';
import { keepModel } from './keep-model.ts';
import { type NetworkFile, parseNetworkFile } from './model-file.ts';

interface HomeEnvironment {
  readonly ESCRIBA_DB?: string | undefined;
  /** A folder of `.safetensors` files in place of the models that come with the program. */
  readonly ESCRIBA_MODELS?: string | undefined;
}

/**
 * Opens the store that the environment names, with the models that come with the program in it.
 * @param root the directory that holds the program's package.json
 * @throws EscribaError where the store cannot be opened, or a model's file cannot be read
 */
export function openHome(
  environment: HomeEnvironment,
  root: string,
  now: () => number,
  options: StoreOptions = {},
): Store {
  const store = openStore(databasePath(environment, root), options);
  try {
    takeShipped(store, environment.ESCRIBA_MODELS || join(root, 'data', 'models'), now());
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Takes in each model of the folder that was not taken in before: what was deleted since stays away. */
function takeShipped(store: Store, folder: string, now: number): void {
  const files = existsSync(folder)
    ? readdirSync(folder).filter((file) => file.endsWith('.safetensors'))
    : [];
  const isNew = (file: string) => !listShipped(store).includes(file);
  for (const file of files.filter(isNew)) {
    const path = join(folder, file);
    const model = readShipped(path);
    const { corpus } = model;
    if (corpus === null) {
      throw new BadInput(
        `The model ${path} does not say which text it learnt.`,
        'Take it out of the folder: `escriba import FILE --corpus NAME` keeps it.',
      );
    }
    store.transaction(() => {
      // Another process may have been quicker.
      if (!isNew(file)) return;
      keepModel(store, model, { corpus, origin: 'shipped' }, now);
      recordShipped(store, file, now);
    });
  }
}

function readShipped(path: string): NetworkFile {
  try {
    return parseNetworkFile(readFileSync(path));
  } catch (cause) {
    if (!(cause instanceof BadInput)) throw cause;
    throw new BadInput(
      `The model ${path} cannot be taken in: ${cause.message}`,
      'Fetch the file anew, or take it out of its folder.',
      { cause },
    );
  }
}
