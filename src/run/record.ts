import { setTimeout as wait } from 'node:timers/promises';
import { retryWhileBusy, skipIfBusy } from '../store/busy.ts';
import { writeCheckpoint } from '../store/checkpoints.ts';
import { takeCommands } from '../store/commands.ts';
import { beat } from '../store/heartbeats.ts';
import { recordLog } from '../store/logs.ts';
import {
  recordEvaluation,
  recordSteps,
  type StepMetrics,
  truncateAfter,
} from '../store/metrics.ts';
import { endRun, type RunLease, setRunState } from '../store/run-lifecycle.ts';
import { getRun } from '../store/runs.ts';
import { recordSample } from '../store/samples.ts';
import {
  chooseServing,
  type ServingOutcome,
  servingOutcome,
  servingVerdict,
} from '../store/serving.ts';
import { recordUsage } from '../store/usage.ts';
import type { StepEvent, TrainingEvent } from '../train/events.ts';
import { ownSample } from '../train/schedule.ts';
import { type Training, type TrainingCommand, train } from '../train/train.ts';
import { logWords } from './log-words.ts';
import type { RunEvent } from './run-event.ts';
import { servingWords } from './serving-words.ts';
import type { ProcessUsage, RunTools } from './tools.ts';
import { TrainingClock } from './training-clock.ts';

const flushEvery = 1000;
const beatEvery = 2000;
const lookEvery = 250;
const usageEvery = 10_000;

/**
 * Trains under a lease: writes every event down, and obeys the commands that the store holds for the run.
 * @param opening what is told of the run before it is trained
 */
export async function* record(
  tools: RunTools,
  lease: RunLease,
  training: Training,
  opening: readonly RunEvent[],
): AsyncGenerator<RunEvent> {
  const { store, now } = tools;
  const recorder = new Recorder(tools, lease, training);
  let failure: unknown;
  // A step or an evaluation can take longer than a silence that looks like death.
  const beating = setInterval(() => {
    try {
      store.mustBeInPlace();
      skipIfBusy(() => beat(store, lease, now()));
    } catch (error) {
      failure = error;
    }
  }, beatEvery);
  const events = train(training);
  try {
    for (const event of opening) yield recorder.log(event);
    // A generator takes no commands before its first event.
    let next = await events.next();
    while (!next.done) {
      if (next.value.type === 'done') store.mustBeInPlace();
      if (failure) throw failure;
      yield recorder.log(recorder.write(next.value));
      yield* recorder.waitWhilePaused(() => failure);
      next = await events.next(recorder.commands());
    }
  } catch (error) {
    recorder.fail(error);
    throw error;
  } finally {
    clearInterval(beating);
    await events.return();
    recorder.end({ state: 'stopped' });
  }
}

class Recorder {
  readonly #tools: RunTools;
  readonly #lease: RunLease;
  readonly #budget: number;
  readonly #clock: TrainingClock;
  #unwritten: StepMetrics[] = [];
  #flushed: number;
  #checkpointed: number;
  #looked = Number.NEGATIVE_INFINITY;
  #used: { readonly at: number } & Partial<ProcessUsage>;
  #step = 0;
  #paused = false;
  #ended = false;
  #commands: TrainingCommand[] = [];

  constructor(tools: RunTools, lease: RunLease, training: Training) {
    this.#tools = tools;
    this.#lease = lease;
    this.#budget = training.settings.steps;
    const { store, now, monotonic } = tools;
    this.#clock = new TrainingClock(monotonic(), getRun(store, lease.run, now()));
    this.#flushed = monotonic();
    this.#checkpointed = this.#flushed;
    this.#used = { at: this.#flushed, ...tools.usage?.() };
    // What it began with is known to no one else: a run that goes on from another keeps it at once.
    if (training.from) this.#commands.push({ type: 'checkpoint', kind: 'last' });
  }

  /** What the training is to do next. */
  commands(): readonly TrainingCommand[] {
    this.#look();
    if (this.#tools.signal.aborted) this.#commands.push({ type: 'stop' });
    const commands = this.#commands;
    this.#commands = [];
    return commands;
  }

  /** Adds what an event says to the log of the run. @returns the event */
  log(event: RunEvent): RunEvent {
    const text = logWords(event);
    if (text !== undefined) this.#logText(text);
    if (event.type === 'done')
      this.#logText(servingWords(servingVerdict(this.#tools.store, this.#lease.run)));
    return event;
  }

  #logText(text: string): void {
    const { store, now } = this.#tools;
    retryWhileBusy(() => recordLog(store, this.#lease.run, text, now()));
  }

  write(event: TrainingEvent): RunEvent {
    this.#step = event.step;
    if (event.type === 'step') return this.#writeStep(event);
    const recorded = retryWhileBusy(() => {
      this.#flush();
      return this.#writeOther(event);
    });
    this.#clock.skip(this.#tools.monotonic());
    return recorded;
  }

  #writeOther(event: Exclude<TrainingEvent, StepEvent>): RunEvent {
    const { store, now } = this.#tools;
    switch (event.type) {
      case 'evaluation': {
        const { step, bitsPerCharacter } = event;
        const { passes, elapsed } = this.#clock.latest;
        recordEvaluation(store, this.#lease, { step, bitsPerCharacter, passes, elapsed }, now());
        return event;
      }
      case 'sample':
        recordSample(store, this.#lease, event, now());
        return event;
      case 'checkpoint': {
        const { weights, state, ...rest } = event;
        const checkpoint = writeCheckpoint(store, this.#lease, event, now());
        return { ...rest, checkpoint };
      }
      case 'done':
        this.end(endings[event.reason]);
        return { ...event, serving: this.#serving(event.reason !== 'stopped') };
      case 'recovery':
        truncateAfter(store, this.#lease, event.backTo, now());
        return event;
    }
  }

  #serving(isDone: boolean): ServingOutcome {
    const { store, serve } = this.#tools;
    const { run } = this.#lease;
    if (serve && isDone) {
      const { checkpoint, corpus } = servingVerdict(store, run);
      if (checkpoint) chooseServing(store, corpus, run);
    }
    return servingOutcome(store, run);
  }

  async *waitWhilePaused(failure: () => unknown): AsyncGenerator<RunEvent> {
    if (!this.#paused || this.#ended) return;
    const { store, now, signal } = this.#tools;
    retryWhileBusy(() => {
      this.#flush();
      setRunState(store, this.#lease, 'paused', now());
    });
    yield this.log({ type: 'paused', step: this.#step });
    while (this.#paused && !signal.aborted) {
      await wait(lookEvery);
      this.#look();
      if (failure()) throw failure();
    }
    this.#paused = false;
    this.#clock.goOn(this.#tools.monotonic());
    if (signal.aborted) return;
    retryWhileBusy(() => setRunState(store, this.#lease, 'running', now()));
    yield this.log({ type: 'resumed', step: this.#step });
  }

  /** Writes down why a run failed, as far as that can be written: what made it fail is told all the same. */
  fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    try {
      this.#logText(`Failed: ${reason}`);
      this.end({ state: 'failed', reason });
    } catch (later) {
      if (error instanceof Error) error.cause ??= later;
    }
  }

  /** Writes down how the run ended, unless that was said before. */
  end(end: Parameters<typeof endRun>[2]): void {
    if (this.#ended) return;
    this.#ended = true;
    const { store, now } = this.#tools;
    retryWhileBusy(() => {
      this.#flush();
      endRun(store, this.#lease, end, now());
    });
  }

  #writeStep(event: StepEvent): RunEvent {
    const now = this.#tools.monotonic();
    const { elapsed, charsPerSecond, secondsLeft } = this.#clock.step(event, now, this.#budget);
    const { step, passes, bitsPerCharacter, gradientNorm, learningRate } = event;
    this.#unwritten.push({
      ...{ step, passes, bitsPerCharacter, gradientNorm, learningRate },
      elapsed,
      charsPerSecond,
    });
    if (now - this.#flushed >= flushEvery) skipIfBusy(() => this.#flush());
    if (now - this.#used.at >= usageEvery) skipIfBusy(() => this.#writeUsage(step, elapsed));
    if (now - this.#checkpointed >= this.#tools.checkpointEvery) {
      this.#checkpointed = now;
      this.#commands.push({ type: 'checkpoint', kind: 'last' });
    }
    return { ...event, elapsed, charsPerSecond, secondsLeft };
  }

  #writeUsage(step: number, elapsed: number): void {
    const { store, now, monotonic, usage } = this.#tools;
    const before = this.#used;
    this.#used = { at: monotonic(), ...usage?.() };
    const { at, processorSeconds, memory } = this.#used;
    if (processorSeconds === undefined || memory === undefined) return;
    const seconds = (at - before.at) / 1000;
    const processors = (processorSeconds - (before.processorSeconds ?? 0)) / seconds;
    recordUsage(store, this.#lease, { step, elapsed, processors, memory }, now());
  }

  #flush(): void {
    const { store, now, monotonic } = this.#tools;
    this.#flushed = monotonic();
    if (this.#unwritten.length === 0) return;
    recordSteps(store, this.#lease, this.#unwritten, now());
    this.#unwritten = [];
  }

  #look(): void {
    const { store, now, monotonic } = this.#tools;
    if (monotonic() - this.#looked < lookEvery) return;
    this.#looked = monotonic();
    for (const asked of skipIfBusy(() => takeCommands(store, this.#lease, now())) ?? []) {
      if (asked.command === 'pause') this.#paused = true;
      else if (asked.command === 'resume') this.#paused = false;
      else if (asked.command === 'checkpoint') {
        this.#commands.push({ type: 'checkpoint', kind: 'kept' });
      } else if (asked.command === 'sample') {
        this.#commands.push({ ...ownSample, type: 'sample', seed: asked.seed });
      } else {
        this.#paused = false;
        this.#commands.push({ type: 'stop' });
      }
    }
  }
}

const endings = {
  budget: { state: 'finished' },
  patience: { state: 'finished', reason: 'no better validation figure for too long' },
  stopped: { state: 'stopped' },
} as const;
