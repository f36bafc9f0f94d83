import { openHome, openHomeToRead } from '../run/home.ts';
import { programRoot } from '../run/program-root.ts';
import type { Store } from '../store/database.ts';
import type { StoreOptions } from '../store/open.ts';
import type { Cli } from './define-command.ts';

/** The user's store. */
export function openUsersStore(
  { environment, now }: Cli,
  options: Omit<StoreOptions, 'readonly'> = {},
): Store {
  return openHome(environment, programRoot(), now, options);
}

/** Does some work that writes to the user's store, and closes it. */
export function withStore<Result>(
  cli: Cli,
  work: (store: Store) => Promise<Result>,
  options: Omit<StoreOptions, 'readonly'> = {},
): Promise<Result> {
  return closing(openUsersStore(cli, options), work);
}

/** Does some work that only reads the user's store, and closes it. */
export function withStoreToRead<Result>(
  { environment, now }: Cli,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  return closing(openHomeToRead(environment, programRoot(), now), work);
}

async function closing<Result>(
  store: Store,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
