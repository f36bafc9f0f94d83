import { findText, passageKindOf } from './run/corpora.ts';
import { openHomeToRead } from './run/home.ts';
import { readNetworkFile } from './run/model-file.ts';
import { networkOfRun, servingNetwork } from './run/models.ts';
import { programRoot } from './run/program-root.ts';
import type { TrainedNetwork } from './sample/trained-network.ts';
import type { Store } from './store/database.ts';
import { openStore } from './store/open.ts';
import type { PassageKind } from './text/corpus.ts';

/** A network from the store or from a file, which has no id. */
export interface LoadedNetwork extends Omit<TrainedNetwork, 'id'> {
  /** Looks for the text that it learned. */
  findText(): Promise<LearnedText>;
}

/** What is known of the text that a network learned. */
export interface LearnedText {
  /** None where it is not on this machine. */
  readonly text?: string | undefined;
  readonly passageKind: PassageKind;
}

/**
 * The network that serves a corpus, that of a run, or one in a `.safetensors` file.
 * @param database the store's file; by default that of the program
 * @throws BadInput where there is none, or the file cannot be read as one
 */
export async function loadNetwork(
  source: string | number,
  database?: string,
): Promise<LoadedNetwork> {
  const findIn = (corpus: string) => () =>
    withStore(database, async (store) => ({
      text: await findText(store, corpus),
      passageKind: passageKindOf(store, corpus),
    }));
  if (typeof source === 'string' && source.endsWith('.safetensors')) {
    const { config, tokenizer, weights, corpus } = await readNetworkFile(source);
    const unknown: LearnedText = { passageKind: 'paragraph' };
    return {
      ...{ config, tokenizer, weights },
      findText: corpus === null ? async () => unknown : findIn(corpus),
    };
  }
  return withStore(database, (store) => {
    const network =
      typeof source === 'string'
        ? servingNetwork(store, source, Date.now())
        : networkOfRun(store, source, Date.now());
    return { ...network, findText: findIn(network.run.corpus) };
  });
}

async function withStore<Result>(
  database: string | undefined,
  use: (store: Store) => Result | Promise<Result>,
): Promise<Result> {
  const store =
    database === undefined
      ? openHomeToRead(process.env, programRoot(), Date.now)
      : openStore(database, { readonly: true });
  try {
    return await use(store);
  } finally {
    store.close();
  }
}
