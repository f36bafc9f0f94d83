import { networkAt, type StoredNetwork } from '../../../src/run/models.ts';
import { drawToken, usualDraw } from '../../../src/sample/draw.ts';
import type { Checkpoint } from '../../../src/store/checkpoints.ts';
import type { Store } from '../../../src/store/database.ts';
import { preparePrompt } from '../../../src/text/prompt.ts';
import { Listeners } from '../../data/listeners.ts';
import { afterStep, beginReading, nextInput, type Reading } from './reading.ts';
import { startStepping } from './stepping.ts';

/** Between two steps where it runs by itself, in milliseconds. */
const stepEvery = 350;
/** Characters that are read at once when a text is opened: an empty page shows nothing. */
const openingSteps = 5;
/** Steps that can be asked for before they are taken: a key held down is not obeyed for long after. */
const mostWaiting = 4;

export interface SessionState {
  /** What is looked into: the run that was asked for, and the text. */
  readonly asked: string;
  readonly model: StoredNetwork | undefined;
  readonly reading: Reading;
  readonly isRunning: boolean;
  readonly failure: unknown;
}

const nothing: SessionState = {
  asked: '',
  model: undefined,
  reading: beginReading(new Int32Array()),
  isRunning: false,
  failure: undefined,
};

/** A network that reads a text step by step, and goes on by itself from there. */
export class InsideSession {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #listeners = new Listeners();
  #state = nothing;
  #stepping: ReturnType<typeof startStepping> | undefined;
  #steps: Promise<void> = Promise.resolve();
  #waiting = 0;
  #checkpoint: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  temperature = usualDraw.temperature;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  readonly subscribe = this.#listeners.subscribe;

  state = (): SessionState => this.#state;

  /**
   * Looks into the network of a run that reads a text. The same run and text go on as they stand, with the network as
   * it was, though it has learned on since; where they failed, they are tried again.
   */
  open(checkpoint: Checkpoint, text: string): void {
    const asked = `${checkpoint.run} ${text}`;
    if (asked !== this.#state.asked || this.#state.failure !== undefined)
      this.#load(checkpoint, text, asked);
  }

  /** Takes the next character, once those asked for before are taken. */
  step(): Promise<void> {
    if (this.#waiting < mostWaiting) {
      this.#waiting++;
      this.#steps = this.#steps.then(() => this.#step()).finally(() => this.#waiting--);
    }
    return this.#steps;
  }

  /** Goes on by itself, or waits. */
  run(isRunning: boolean): void {
    clearInterval(this.#timer);
    if (isRunning)
      this.#timer = setInterval(() => {
        if (this.#waiting === 0) void this.step();
      }, stepEvery);
    if (isRunning !== this.#state.isRunning) this.#set({ ...this.#state, isRunning });
  }

  /** Begins the text again, with a hidden state of zero, and with what the network has learned by now. */
  again(checkpoint: Checkpoint, text: string): void {
    if (checkpoint.id !== this.#checkpoint || this.#state.failure !== undefined)
      this.#load(checkpoint, text, `${checkpoint.run} ${text}`);
    else this.#set({ ...this.#state, reading: beginReading(this.#state.reading.ids) });
  }

  async close(): Promise<void> {
    this.run(false);
    await this.#stepping?.close();
  }

  #load(checkpoint: Checkpoint, text: string, asked: string): void {
    this.#checkpoint = checkpoint.id;
    this.#set({ ...nothing, asked, isRunning: this.#state.isRunning });
    void this.#attempt(async () => {
      const model = networkAt(this.#store, checkpoint, this.#now());
      if (!this.#stepping || this.#stepping.hasEnded) this.#stepping = startStepping();
      const { config, weights } = model;
      await this.#stepping.call('open', { config, weights });
      if (this.#state.asked !== asked || this.#checkpoint !== checkpoint.id) return;
      const { ids } = preparePrompt(text, model.tokenizer);
      this.#set({ ...this.#state, model, reading: beginReading(ids) });
      for (let step = 0; step < Math.min(openingSteps, ids.length); step++)
        this.#steps = this.#steps.then(() => this.#step());
    });
  }

  async #step(): Promise<void> {
    const { model, asked, reading } = this.#state;
    const stepping = this.#stepping;
    if (!model || !stepping) return;
    await this.#attempt(async () => {
      const input = nextInput(reading, model.tokenizer.newlineId);
      const frame = await stepping.call('step', { input, fresh: reading.done === 0 });
      if (this.#state.asked !== asked || this.#state.reading !== reading) return;
      const options = { temperature: this.temperature, topP: 1, topK: 0 };
      const next = afterStep(reading, frame, this.temperature, (logits) =>
        drawToken(logits, options, Math.random),
      );
      this.#set({ ...this.#state, reading: next, failure: undefined });
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    const { asked } = this.#state;
    try {
      await work();
    } catch (failure) {
      if (this.#state.asked === asked) this.#set({ ...this.#state, failure });
    }
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#listeners.notify();
  }
}
