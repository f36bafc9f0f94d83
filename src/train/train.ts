import type { Engine, Scorer, Trainer } from '../engine/engine.ts';
import { EscribaError } from '../errors.ts';
import type { NamedArrays, NetworkConfig } from '../network/config.ts';
import { readWindow } from '../text/lanes.ts';
import { Random } from '../text/random.ts';
import { charactersIn, type TokenSizes } from '../text/tokenizer/tokenizer.ts';
import { dropoutOf, MaskDrawer } from './dropout.ts';
import { evaluationShape, heldOutBits } from './evaluation.ts';
import type { CheckpointKind, TrainingEvent, TrainingProgress, TrainingState } from './events.ts';
import { isEvaluationStep, isSampleStep, learningRate, ownSample } from './schedule.ts';
import type { TrainingSettings } from './settings.ts';
import { initialState, servedWeights } from './state.ts';
import { TrainingText } from './training-text.ts';

/** What `train` trains, on what, and from where it begins. */
export interface Training {
  readonly engine: Engine;
  readonly threads: number;
  readonly config: NetworkConfig;
  readonly settings: TrainingSettings;
  /** What the ids are of. */
  readonly tokenizer: TokenSizes;
  /** The ids of the training part. */
  readonly training: Int32Array;
  /** The ids of the training part in a pass, counted from 0, where each has an encoding of its own; the same each time. */
  readonly encodePass?: (pass: number) => Int32Array;
  /** The ids of the validation part; null where nothing is held out. */
  readonly validation: Int32Array | null;
  /** Weights to begin with instead of drawn ones. */
  readonly from?: NamedArrays;
  /** A state to go on from, as a checkpoint event gave it. */
  readonly resumed?: TrainingState;
  /** The state of the last checkpoint, for going back after a loss that is not a number; null before the first. */
  readonly lastGood: () => TrainingState | null;
  /** Writes a text with weights; the same for the same seed and step. */
  readonly draw: (weights: NamedArrays, request: SampleRequest, step: number) => Promise<string>;
}

export interface SampleRequest {
  readonly seed: string;
  readonly temperature: number;
}

/** What may be asked of a training in reply to any event, by `next(commands)`. */
export type TrainingCommand =
  | { readonly type: 'stop' }
  | { readonly type: 'checkpoint'; readonly kind: CheckpointKind }
  | ({ readonly type: 'sample' } & SampleRequest);

const mostRecoveries = 3;

/**
 * Trains until the budget is spent, patience runs out or a command stops it, and yields what happens. It has no
 * clock, screen or store: whoever takes the events writes them down, waits for as long as it likes between two, and
 * answers with commands. Ended early (`return()`), it lets its threads go.
 *
 * @throws EscribaError if the loss is not a number for the fourth time.
 */
export async function* train(
  training: Training,
): AsyncGenerator<TrainingEvent, void, readonly TrainingCommand[] | undefined> {
  const loop = await Loop.begin(training);
  try {
    for await (const event of loop.run()) loop.ask((yield event) ?? []);
  } finally {
    await loop.close();
  }
}

type Events = AsyncGenerator<TrainingEvent, void, undefined>;

class Loop {
  readonly #training: Training;
  readonly #text: TrainingText;
  readonly #masks: MaskDrawer;
  #trainer: Trainer;
  #scorer: Scorer | undefined;
  #progress: TrainingProgress;
  #random: Random;
  #stopped = false;
  #asked: Exclude<TrainingCommand, { type: 'stop' }>[] = [];

  private constructor(training: Training, trainer: Trainer, progress: TrainingProgress) {
    this.#training = training;
    this.#text = new TrainingText(training);
    this.#masks = new MaskDrawer(training.config, training.settings);
    this.#trainer = trainer;
    this.#progress = progress;
    this.#random = Random.restore(progress.generator);
  }

  static async begin(training: Training): Promise<Loop> {
    const state = training.resumed ?? beginning(training);
    return new Loop(training, await startTrainer(training, state), state.progress);
  }

  ask(commands: readonly TrainingCommand[]): void {
    for (const command of commands) {
      if (command.type === 'stop') this.#stopped = true;
      else this.#asked.push(command);
    }
  }

  async *run(): Events {
    const { settings } = this.#training;
    for (;;) {
      // Before a checkpoint that is asked for: a run resumed from that would yield the evaluation again.
      if (this.#evaluationIsDue()) yield* this.#evaluate();
      yield* this.#obey();
      const impatient = settings.patience > 0 && this.#progress.sinceBest >= settings.patience;
      const spent = this.#progress.step >= settings.steps;
      if (spent || impatient || this.#stopped) {
        yield await this.#checkpoint('last');
        const reason = this.#stopped ? 'stopped' : spent ? 'budget' : 'patience';
        yield { type: 'done', step: this.#progress.step, reason };
        return;
      }
      yield* this.#step();
    }
  }

  async close(): Promise<void> {
    await this.#trainer.close();
    await this.#scorer?.close();
  }

  async *#step(): Events {
    const { settings, tokenizer } = this.#training;
    const { place } = this.#progress;
    const window = readWindow(this.#text.ids(place.pass), this.#text.lanes(place.pass), place);
    const masks = this.#masks.draw(this.#random);
    const step = this.#progress.step + 1;
    const rate = learningRate(settings, step) * this.#progress.learningRateScale;
    const { loss, gradientNorm } = await this.#trainer.step(window, masks, {
      ...settings,
      step,
      learningRate: rate,
      resetState: window.resetState,
    });
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      yield await this.#recover(step);
      return;
    }
    const next = this.#text.placeAfter(place, this.#random);
    this.#progress = { ...this.#progress, step, place: next, generator: this.#random.state() };
    const tokens = settings.batch * settings.unroll;
    const characters = charactersIn(tokenizer, window.targets);
    yield {
      type: 'step',
      step,
      passes: this.#text.passes(step, next),
      bitsPerCharacter: (loss / Math.LN2) * (tokens / characters),
      gradientNorm,
      learningRate: rate,
      tokens,
      characters,
    };
    // An evaluation brings a sample of its own.
    if (isSampleStep(step) && !this.#isEvaluated(step)) yield await this.#sample(ownSample);
  }

  async *#obey(): Events {
    const asked = this.#asked;
    this.#asked = [];
    for (const command of asked) {
      if (command.type === 'checkpoint') yield await this.#checkpoint(command.kind);
      else yield await this.#sample(command);
    }
  }

  /** Due once after its step, also where the run was stopped in between and resumed. */
  #evaluationIsDue(): boolean {
    const { step, evaluated } = this.#progress;
    return this.#isEvaluated(step) && evaluated < step && !this.#stopped;
  }

  #isEvaluated(step: number): boolean {
    const { settings, validation } = this.#training;
    return isEvaluationStep(settings, validation?.length ?? 0, step);
  }

  async *#evaluate(): Events {
    const { step, best } = this.#progress;
    this.#progress = { ...this.#progress, evaluated: step };
    const bitsPerCharacter = await this.#heldOutBits();
    if (bitsPerCharacter !== null) {
      const isBest = bitsPerCharacter < (best?.bitsPerCharacter ?? Number.POSITIVE_INFINITY);
      this.#progress = isBest
        ? { ...this.#progress, best: { step, bitsPerCharacter }, sinceBest: 0 }
        : { ...this.#progress, sinceBest: this.#progress.sinceBest + 1 };
      yield { type: 'evaluation', step, bitsPerCharacter, best: isBest };
      if (isBest) yield await this.#checkpoint('best');
    }
    yield await this.#sample(ownSample);
  }

  async #heldOutBits(): Promise<number | null> {
    const { engine, config, threads, validation, tokenizer } = this.#training;
    if (!validation) return null;
    this.#scorer ??= await engine.scorer({ ...evaluationShape, config, threads });
    return heldOutBits(this.#scorer, await this.#weights(), validation, tokenizer);
  }

  /** Goes back to the last good state with half the learning rate. */
  async #recover(step: number): Promise<TrainingEvent> {
    const { recoveries, learningRateScale } = this.#progress;
    if (recoveries >= mostRecoveries) {
      throw new EscribaError(
        `The loss became NaN at step ${step}, after going back to the last good state ${mostRecoveries} times.`,
        'Train again with a lower --lr or a lower --clip.',
      );
    }
    const good = this.#training.lastGood() ?? beginning(this.#training);
    await this.#trainer.close();
    this.#trainer = await startTrainer(this.#training, good);
    this.#random = Random.restore(good.progress.generator);
    const scale = learningRateScale / 2;
    this.#progress = { ...good.progress, learningRateScale: scale, recoveries: recoveries + 1 };
    return {
      type: 'recovery',
      step,
      backTo: this.#progress.step,
      learningRate: this.#training.settings.learningRate * scale,
    };
  }

  async #checkpoint(kind: CheckpointKind): Promise<TrainingEvent> {
    const arrays = await this.#trainer.state();
    const { step, best } = this.#progress;
    return {
      type: 'checkpoint',
      step,
      kind,
      weights: servedWeights(this.#training.config, arrays),
      ...(kind === 'best' ? {} : { state: { arrays, progress: this.#progress } }),
      ...(best?.step === step ? { bitsPerCharacter: best.bitsPerCharacter } : {}),
    };
  }

  async #sample(request: SampleRequest): Promise<TrainingEvent> {
    const { step } = this.#progress;
    const text = await this.#training.draw(await this.#weights(), request, step);
    return { type: 'sample', step, text, ...request };
  }

  async #weights(): Promise<NamedArrays> {
    return servedWeights(this.#training.config, await this.#trainer.state());
  }
}

function beginning(training: Training): TrainingState {
  const { config, settings, from } = training;
  return initialState(config, settings, new TrainingText(training).lanes(0), from);
}

function startTrainer(training: Training, state: TrainingState): Promise<Trainer> {
  const { engine, config, settings, threads } = training;
  const setup = {
    config,
    batch: settings.batch,
    unroll: settings.unroll,
    dropout: dropoutOf(settings),
    keepsEma: settings.emaDecay > 0,
    threads,
  };
  return engine.trainer(setup, state.arrays);
}
