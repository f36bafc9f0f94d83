import { BadInput, EscribaError } from '../errors.ts';
import type { NamedArrays } from '../network/config.ts';
import { findNonFinite } from '../network/finite.ts';
import { parameterShapes } from '../network/parameters.ts';
import type { TrainedNetwork } from '../sample/trained-network.ts';
import { type Checkpoint, readWeights } from '../store/checkpoints.ts';
import type { Store } from '../store/database.ts';
import { getRun, type Run, readRunTokenizer } from '../store/runs.ts';
import { listServing, runCheckpoint, servingCheckpoint } from '../store/serving.ts';
import { readTokenizer } from '../text/tokenizer/saved-tokenizer.ts';
import { corpusNames, nameMeant } from './corpora.ts';

/** The network of a checkpoint, whose id is its own. */
export interface StoredNetwork extends TrainedNetwork {
  readonly run: Run;
  readonly checkpoint: Checkpoint;
}

/** The model that serves a corpus. @throws BadInput where none was trained yet */
export function servingNetwork(store: Store, corpus: string, now: number): StoredNetwork {
  return networkAt(store, servingOf(store, corpus), now);
}

/** The checkpoint that serves a corpus. @throws BadInput that says what may have been meant, where there is none */
export function servingOf(store: Store, corpus: string): Checkpoint {
  const checkpoint = servingCheckpoint(store, corpus);
  if (checkpoint) return checkpoint;
  const learned = listServing(store).map((each) => each.corpus);
  const known = corpusNames(store);
  const meant = nameMeant(corpus, [...learned, ...known]);
  throw new BadInput(
    `No network has learned "${corpus}" yet.`,
    known.includes(corpus) || learned.length === 0
      ? `Train one: \`escriba train ${known.includes(corpus) ? corpus : 'bible'}\`.`
      : meant !== undefined
        ? `Did you mean ${meant}?`
        : `Name a text that one has learned: ${learned.join(', ')}.`,
  );
}

/** A run's own model, by the checkpoint that it writes by. @throws BadInput where it has none */
export function networkOfRun(store: Store, run: number, now: number): StoredNetwork {
  getRun(store, run, now);
  const checkpoint = runCheckpoint(store, run);
  if (checkpoint) return networkAt(store, checkpoint, now);
  throw new BadInput(
    `Run ${run} has no checkpoint yet.`,
    `While it trains, \`escriba checkpoint ${run}\` saves one.`,
  );
}

/** The network of one checkpoint. @throws EscribaError where its run or its weights are gone, damaged or not finite */
export function networkAt(store: Store, checkpoint: Checkpoint, now: number): StoredNetwork {
  const run = getRun(store, checkpoint.run, now);
  const weights = readWeights(store, checkpoint.id);
  checkWeights(run, weights);
  return {
    id: checkpoint.id,
    run,
    checkpoint,
    config: run.network,
    tokenizer: readTokenizer(readRunTokenizer(store, run.id)),
    weights,
  };
}

/** A network with a weight that is missing or no number would write without a word of it. */
function checkWeights({ id, network }: Run, weights: NamedArrays): void {
  for (const { name, shape } of parameterShapes(network)) {
    const array = weights[name];
    const found = array && findNonFinite(array);
    if (array?.shape.join() === shape.join() && !found) continue;
    throw new EscribaError(
      found
        ? `Run ${id} has a weight that is ${found.value}: ${name}, at [${found.place.join(', ')}].`
        : `Run ${id} is damaged in the store: ${name} should be [${shape.join(', ')}], and is ${array ? `[${array.shape.join(', ')}]` : 'missing'}.`,
      `Use another run (\`escriba serve RUN\`), or delete this one: \`escriba delete ${id}\`.`,
    );
  }
}
