import type { Store } from '../store/database.ts';
import { openStore } from '../store/open.ts';
import { databasePath } from '../store/path.ts';
import type { Cli } from './define-command.ts';
import { programRoot } from './root.ts';

/** Does some work with the store, and closes it. */
export async function withStore<Result>(
  { environment }: Cli,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = openStore(databasePath(environment, programRoot()));
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
