import { openHome } from './run/home.ts';
import { readModelFile } from './run/model-file.ts';
import { type Model, modelOfRun, servingModel } from './run/models.ts';
import { programRoot } from './run/program-root.ts';
import { openStore } from './store/open.ts';

/** A trained network, wherever it comes from. */
export type Network = Pick<Model, 'config' | 'tokenizer' | 'weights'>;

/**
 * The network that serves a corpus, that of a run, or one in a `.safetensors` file.
 * @param database the store's file; unless told, that of the program
 * @throws BadInput where there is none, or the file cannot be read as one
 */
export async function loadNetwork(source: string | number, database?: string): Promise<Network> {
  if (typeof source === 'string' && source.endsWith('.safetensors')) {
    const { config, tokenizer, weights } = await readModelFile(source);
    return { config, tokenizer, weights };
  }
  const store =
    database === undefined
      ? openHome(process.env, programRoot(), Date.now)
      : openStore(database, { readonly: true });
  try {
    if (typeof source === 'string') return servingModel(store, source, Date.now());
    return modelOfRun(store, source, Date.now());
  } finally {
    store.close();
  }
}
