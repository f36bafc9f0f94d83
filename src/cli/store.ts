import { openHome } from '../run/home.ts';
import { programRoot } from '../run/program-root.ts';
import type { Store } from '../store/database.ts';
import type { StoreOptions } from '../store/open.ts';
import type { Cli } from './define-command.ts';

/** The user's store. */
export function openUsersStore({ environment, now }: Cli, options: StoreOptions = {}): Store {
  return openHome(environment, programRoot(), now, options);
}

/** Does some work with the user's store, and closes it. */
export async function withStore<Result>(
  cli: Cli,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = openUsersStore(cli);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
