import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { NetworkConfig } from '../../../src/network/config.ts';
import { parameterCount, parameterShapes, zeros } from '../../../src/network/parameters.ts';
import { writeCheckpoint } from '../../../src/store/checkpoints.ts';
import type { Store } from '../../../src/store/database.ts';
import { openStore } from '../../../src/store/open.ts';
import { createRun, endRun } from '../../../src/store/run-lifecycle.ts';
import { CharacterTokenizer } from '../../../src/text/tokenizer/character-tokenizer.ts';

/** Where a store can be made that goes when the test ends. */
export function storePath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'escriba-bot-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'escriba.db');
}

/** A store, open while some work is done with it. */
export function inStore<T>(path: string, work: (store: Store) => T): T {
  const store = openStore(path);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/**
 * Adds a network that has learned only how often each character comes: the more often it stands in `habit`, the
 * likelier it is, whatever went before. Its checkpoint serves the corpus.
 *
 * @returns its run
 */
export function addNetwork(
  path: string,
  corpus: string,
  habit: string,
  { now = Date.now(), bitsPerCharacter = 2, ended = true, hidden = 8 } = {},
): number {
  return inStore(path, (store) => {
    const vocabulary = CharacterTokenizer.of(`\n${habit}`).characters;
    const config: NetworkConfig = {
      cell: 'lstm',
      vocabularySize: vocabulary.length,
      embedding: 'one-hot',
      hidden,
      layers: 1,
    };
    const weights = zeros(parameterShapes(config));
    weights['dense.b']?.data.set(vocabulary.map((character) => logFrequency(character, habit)));
    const lease = createRun(
      store,
      {
        corpus,
        origin: 'trained',
        parent: null,
        network: config,
        settings: null,
        machine: null,
        vocabulary,
        parameters: parameterCount(config),
      },
      now,
    );
    writeCheckpoint(store, lease, { step: 10, kind: 'best', weights, bitsPerCharacter }, now);
    if (ended) endRun(store, lease, { state: 'finished' }, now);
    return lease.run;
  });
}

function logFrequency(character: string, habit: string): number {
  return Math.log(Math.max(1e-6, (habit.split(character).length - 1) / habit.length));
}
