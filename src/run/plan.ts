import { cpus } from 'node:os';
import type { Engine } from '../engine/engine.ts';
import { BadInput } from '../errors.ts';
import type { NamedArrays, NetworkConfig } from '../network/config.ts';
import { checkDropout } from '../network/parameters.ts';
import type { Store } from '../store/database.ts';
import type { Corpus } from '../text/corpus.ts';
import { windowsPerPass } from '../text/lanes.ts';
import { Random } from '../text/random.ts';
import { CharacterTokenizer } from '../text/tokenizer/character-tokenizer.ts';
import {
  type ChosenSettings,
  completeSettings,
  lanesFor,
  type SizeName,
  shareOfSteps,
  usualLearningRate,
  usualSize,
} from '../train/defaults.ts';
import { dropoutOf } from '../train/dropout.ts';
import type { Machine, TrainingSettings } from '../train/settings.ts';
import { hashOf, openCorpus } from './corpora.ts';
import { type ExtendedNetwork, extendVocabulary } from './extend-vocabulary.ts';
import { measureSpeed } from './measure.ts';
import { networkOfRun } from './models.ts';
import { type PreparedText, prepareText, type TokenizerChoice } from './prepare.ts';
import { versionHere } from './version.ts';

/** How long to train. Minutes become steps once, by a measurement of this machine. */
export type Budget =
  | { readonly minutes: number }
  | { readonly passes: number }
  | { readonly steps: number };

/** What a person asked to train. */
export interface TrainingWish extends Omit<ChosenSettings, 'steps' | 'batch' | 'unroll'> {
  readonly corpus: string;
  /** What the run is called. */
  readonly name?: string;
  /** The network's shape; that of `from` where one is given. */
  readonly network: Omit<NetworkConfig, 'vocabularySize'>;
  /** What it reads the text in; with `from`, what that run reads in. @default characters if one-hot, else `auto` */
  readonly tokenizer?: TokenizerChoice;
  /** B. @default by `size` and the length of the text */
  readonly batch?: number;
  /** T. @default by `size` and the length of the text */
  readonly unroll?: number;
  /** Whose lanes are taken by default. @default medium */
  readonly size?: SizeName;
  readonly budget: Budget;
  readonly threads: number;
  /** A run whose weights to begin with. */
  readonly from: number | null;
}

/** All that a new run follows from. */
export interface TrainingPlan {
  readonly corpus: string;
  readonly name: string | null;
  readonly textHash: string;
  readonly text: PreparedText;
  readonly network: NetworkConfig;
  readonly settings: TrainingSettings;
  readonly engine: Engine;
  readonly machine: Machine;
  /** Why that engine computes, where it was chosen because it is faster. */
  readonly reason: string | null;
  /** The most bytes of memory that the process took while it was measured, where it was and computed itself. */
  readonly memory: number | null;
  readonly parent: number | null;
  readonly from: NamedArrays | null;
}

/**
 * Chooses what is to compute a network, once that is known.
 * @param settingsOn what it is trained with there for a pass over the text
 */
export type ChooseEngine = (
  network: NetworkConfig,
  settingsOn: (engine: Pick<Engine, 'card'>) => TrainingSettings,
) => Promise<{ readonly engine: Engine; readonly reason: string }>;

/**
 * Opens the text, splits and encodes it, and completes the settings; minutes become steps by a measurement of a few
 * seconds. Nothing is written to the store.
 * @param now milliseconds since 1970
 * @throws BadInput where there is no such text or run, or a setting does not suit the text or the cell
 */
export async function planTraining(
  store: Store,
  computing: Engine | ChooseEngine,
  wish: TrainingWish,
  now: number,
): Promise<TrainingPlan> {
  const corpus = await openCorpus(store, wish.corpus);
  const begun = wish.from === null ? null : extendedNetwork(store, wish.from, corpus, wish, now);
  const text = prepareText(
    corpus,
    wish.heldOut,
    begun?.tokenizer ?? tokenizerFor({ ...wish, ...wish.network }),
  );
  if ((wish.bpeDropout ?? 0) > 0 && text.tokenizer.kind !== 'bpe') {
    throw new BadInput(
      'BPE-dropout leaves out merges of byte-pair encoding, and this network reads characters.',
      'Leave out --bpe-dropout, or use --tokenizer bpe.',
    );
  }
  const network = begun?.config ?? { ...wish.network, vocabularySize: text.tokenizer.size };
  const learned = {
    training: text.training.length,
    validation: text.validation?.length ?? 0,
    tokenizer: text.tokenizer.kind,
  };
  const settingsOn = ({ card }: Pick<Engine, 'card'>) => {
    const onCard = card !== undefined;
    const lanes = lanesFor(wish, wish.size ?? usualSize, learned.training, onCard);
    const rate =
      wish.learningRate ?? (onCard ? usualLearningRate(network, lanes.batch) : undefined);
    const chosen = { ...wish, ...lanes, ...(rate !== undefined && { learningRate: rate }) };
    return {
      perPass: windowsPerPass({ length: learned.training, ...lanes }),
      settingsFor: (steps: number) => completeSettings({ ...chosen, steps }, network, learned),
    };
  };
  checkDropout(network, dropoutOf(settingsOn({}).settingsFor(1)));
  const { engine, reason } =
    typeof computing === 'function'
      ? await computing(network, (on) => {
          const { perPass, settingsFor } = settingsOn(on);
          return settingsFor(perPass);
        })
      : { engine: computing, reason: null };
  const { perPass, settingsFor } = settingsOn(engine);
  const steps = await stepsOf(wish.budget, perPass, settingsFor, (settings) =>
    measureSpeed(engine, network, settings, wish.threads),
  );
  return {
    corpus: wish.corpus,
    name: wish.name ?? null,
    textHash: hashOf(corpus),
    text,
    network,
    settings: { ...settingsFor(steps), ...(begun && { fromWeights: true }) },
    engine,
    reason,
    machine: machineHere(engine, wish.threads),
    memory: 'minutes' in wish.budget && engine.name !== 'torch' ? peakMemory() : null,
    parent: wish.from,
    from: begun?.weights ?? null,
  };
}

/** What a new network reads in: one-hot vectors are of characters unless subwords are asked for. */
export function tokenizerFor({
  tokenizer,
  embedding,
}: {
  readonly tokenizer?: TokenizerChoice | undefined;
  readonly embedding: NetworkConfig['embedding'];
}): TokenizerChoice {
  return tokenizer ?? { kind: embedding === 'one-hot' ? 'char' : 'auto' };
}

/**
 * The steps that a budget comes to.
 * @param perPass steps of a pass over the text
 * @param settingsFor what is trained with for so many steps
 * @param measure tokens a second that training with some settings learns from
 */
export async function stepsOf(
  budget: Budget,
  perPass: number,
  settingsFor: (steps: number) => TrainingSettings,
  measure: (settings: TrainingSettings) => Promise<number>,
): Promise<number> {
  if ('steps' in budget) return budget.steps;
  if ('passes' in budget) return Math.max(1, Math.ceil(budget.passes * perPass));
  const stepsWithin = async (settings: TrainingSettings) => {
    const seconds = budget.minutes * 60 * shareOfSteps;
    const { batch, unroll } = settings;
    return Math.max(1, Math.round((seconds * (await measure(settings))) / (batch * unroll)));
  };
  const tried = settingsFor(perPass);
  const steps = await stepsWithin(tried);
  // What is chosen for so many passes may be slower than what was tried.
  const chosen = settingsFor(steps);
  const isAsTried =
    chosen.dropout === tried.dropout && chosen.recurrentDropout === tried.recurrentDropout;
  return isAsTried ? steps : stepsWithin(chosen);
}

/** In bytes, of this process: what Python's take is not seen from here. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

export function machineHere(engine: Engine, threads: number): Machine {
  return {
    version: versionHere(),
    engine: engine.name,
    engineVersion: engine.version,
    ...(engine.card !== undefined && { card: engine.card }),
    processor: cpus()[0]?.model ?? 'unknown',
    threads,
    ...engine.choices,
  };
}

/** The network of a run, with the characters of another text beside its own. */
export function extendedNetwork(
  store: Store,
  from: number,
  corpus: Corpus,
  { randomSeed }: Pick<TrainingWish, 'randomSeed'>,
  now: number,
): ExtendedNetwork {
  const { config, tokenizer, weights } = networkOfRun(store, from, now);
  const { characters } = CharacterTokenizer.of(corpus.text);
  const random = Random.seeded(randomSeed, 'widening');
  return extendVocabulary(config, tokenizer, weights, characters, random);
}
