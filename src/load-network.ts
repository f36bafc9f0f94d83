import { openHomeToRead } from './run/home.ts';
import { readNetworkFile } from './run/model-file.ts';
import { networkOfRun, servingNetwork } from './run/models.ts';
import { programRoot } from './run/program-root.ts';
import type { TrainedNetwork } from './sample/trained-network.ts';
import { openStore } from './store/open.ts';

/** A network from the store or from a file, which has no id. */
export type LoadedNetwork = Omit<TrainedNetwork, 'id'>;

/**
 * The network that serves a corpus, that of a run, or one in a `.safetensors` file.
 * @param database the store's file; by default that of the program
 * @throws BadInput where there is none, or the file cannot be read as one
 */
export async function loadNetwork(
  source: string | number,
  database?: string,
): Promise<LoadedNetwork> {
  if (typeof source === 'string' && source.endsWith('.safetensors')) {
    const { config, tokenizer, weights } = await readNetworkFile(source);
    return { config, tokenizer, weights };
  }
  const store =
    database === undefined
      ? openHomeToRead(process.env, programRoot(), Date.now)
      : openStore(database, { readonly: true });
  try {
    if (typeof source === 'string') return servingNetwork(store, source, Date.now());
    return networkOfRun(store, source, Date.now());
  } finally {
    store.close();
  }
}
