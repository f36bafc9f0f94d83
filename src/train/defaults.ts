import type { NetworkConfig } from '../network/config.ts';
import { hasRecurrentWeights } from '../network/parameters.ts';
import type { HeldOut } from '../text/corpus.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';
import { leastEvaluationInterval } from './schedule.ts';
import type { TrainingSettings } from './settings.ts';

/**
 * Networks and batches by how much they take: small learns for a minute, large for hours. Batches of 64 are computed
 * a little faster and learn much more slowly (docs/quality.md).
 */
export const sizes = {
  small: { embedding: 64, hidden: 256, batch: 32, unroll: 64 },
  medium: { embedding: 256, hidden: 768, batch: 32, unroll: 64 },
  large: { embedding: 256, hidden: 1024, batch: 32, unroll: 100 },
} as const;
export type SizeName = keyof typeof sizes;
/** From the smallest to the largest. */
export const sizeNames: readonly SizeName[] = ['small', 'medium', 'large'];

/** What a training is where nothing else is chosen. */
export const usualSize: SizeName = 'medium';
/** The cell and the number of layers L, for any size. */
export const usualNetwork = { cell: 'lstm', layers: 1 } as const;
/** How long a training lasts by default, in whichever unit is asked for. */
export const usualBudget = { minutes: 10, passes: 3, steps: 2000 } as const;

/** The share of the time that goes to steps, not to evaluations, samples and checkpoints. */
export const shareOfSteps = 0.94;

/** What a pass is read in: B lanes, in windows of T tokens. */
export interface Lanes {
  readonly batch: number;
  readonly unroll: number;
}

/** Lanes for a graphics card, which computes few of them no faster than many. */
export const cardLanes = 256;

/**
 * A shorter pass is read in fewer lanes. 5,000 characters in 24 seconds: 32 lanes, one step a pass, came to 3.345 bits
 * per character, 5 lanes to 3.076 and 2 lanes to 2.993.
 */
const fewestSteps = 16;

/** The lanes that were chosen; where none were, those of a size, or fewer or shorter ones that suit a short text. */
export function lanesFor(
  { batch, unroll }: { readonly batch?: number; readonly unroll?: number },
  size: SizeName,
  /** Tokens of the training part. */
  length: number,
  /** Whether a graphics card computes. */
  onCard = false,
): Lanes {
  const usual = onCard ? { ...sizes[size], batch: cardLanes } : sizes[size];
  const within = (most: number, fitting: number) =>
    Math.max(1, Math.min(most, Math.floor(fitting)));
  const fitted = unroll ?? within(usual.unroll, (length - 1) / (batch ?? 1));
  return {
    batch: batch ?? within(usual.batch, (length - 1) / fitted / fewestSteps),
    unroll: fitted,
  };
}

/** What a person may choose of the settings; the rest follows. */
export interface ChosenSettings {
  readonly batch: number;
  readonly unroll: number;
  readonly steps: number;
  readonly learningRate?: number;
  readonly weightDecay?: number;
  readonly clip?: number;
  readonly dropout?: number;
  readonly recurrentDropout?: number;
  readonly bpeDropout?: number;
  readonly emaDecay?: number;
  readonly patience?: number;
  readonly randomSeed: number;
  readonly heldOut: HeldOut;
}

/** Lanes from which on a larger batch takes a larger learning rate. */
const fewLanes = 32;

/**
 * The peak of the learning rate. It goes down as a network widens: 6e-3 beat 2e-3 by far for H = 512. With a card's
 * lanes it goes up by their cube root: for H = 128 and 256 lanes, 200 steps came to 2.350 bits per character with
 * 0.012, to 2.134 with 0.024 and to 2.182 with 0.034.
 *
 * @param lanes that a graphics card reads; those of a processor change nothing
 */
export function usualLearningRate({ hidden }: NetworkConfig, lanes = fewLanes): number {
  return Math.min(0.012, 3 / hidden) * Math.max(1, Math.cbrt(lanes / fewLanes));
}

/**
 * Whole settings for a network, a training part and a validation part of so many tokens.
 */
export function completeSettings(
  chosen: ChosenSettings,
  network: NetworkConfig,
  text: {
    readonly training: number;
    readonly validation: number;
    readonly tokenizer: Tokenizer['kind'];
  },
): TrainingSettings {
  const { batch, unroll, steps } = chosen;
  const passes = (steps * batch * unroll) / text.training;
  const usual = dropoutLevel(passes);
  // A person who chooses the dropout has chosen what else is left out, too.
  const others = chosen.dropout === undefined ? usual : dropoutLevels[0];
  return {
    batch,
    unroll,
    steps,
    learningRate: chosen.learningRate ?? usualLearningRate(network),
    warmUp: Math.min(100, Math.ceil(steps / 20)),
    finalRatio: 0.02,
    weightDecay: chosen.weightDecay ?? 0,
    clip: chosen.clip ?? 1,
    dropout: chosen.dropout ?? usual.dropout,
    recurrentDropout:
      chosen.recurrentDropout ?? (hasRecurrentWeights(network) ? others.recurrentDropout : 0),
    bpeDropout: chosen.bpeDropout ?? (text.tokenizer === 'bpe' ? others.bpeDropout : 0),
    emaDecay: chosen.emaDecay ?? 0.999,
    patience: chosen.patience ?? 0,
    evaluateEvery: evaluationInterval(chosen, text.validation),
    randomSeed: chosen.randomSeed,
    heldOut: chosen.heldOut,
  };
}

/**
 * What is left out by default, from so many passes on. A few passes over a text do not overfit it; many do, unless much
 * of the network is left out; and read very often, a text is learned by heart unless it changes too.
 */
const dropoutLevels = [
  { passes: 0, dropout: 0, recurrentDropout: 0, bpeDropout: 0 },
  { passes: 4, dropout: 0.25, recurrentDropout: 0, bpeDropout: 0 },
  { passes: 8, dropout: 0.5, recurrentDropout: 0, bpeDropout: 0 },
  { passes: 12, dropout: 0.5, recurrentDropout: 0.2, bpeDropout: 0.05 },
] as const;

/** The level of dropout that so many passes have by default. */
export function dropoutLevel(passes: number): (typeof dropoutLevels)[number] {
  return dropoutLevels.findLast((level) => level.passes <= passes) ?? dropoutLevels[0];
}

/** Fifty evaluations, or as few as keep them under a twenty-fifth of the time. */
function evaluationInterval(settings: ChosenSettings, validationLength: number): number {
  const { steps } = settings;
  const least = leastEvaluationInterval(settings, validationLength);
  return Math.max(1, Math.min(steps, Math.round(Math.max(steps / 50, least))));
}
