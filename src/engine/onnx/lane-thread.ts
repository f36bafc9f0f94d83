import { once } from 'node:events';
import { extname } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Dropout, NetworkConfig } from '../../network/config.ts';
import type { OptimizerMemory, ParameterState } from '../../network/optimizer.ts';
import { elements } from '../../network/parameters.ts';
import type { StepOptions, StepResult } from '../engine.ts';
import { callOff, type MeetingPlace } from './meeting.ts';

/** The lanes that one thread computes: `count` of the `width` lanes of a window, from `first` on. */
export interface LaneRange {
  readonly first: number;
  readonly count: number;
  readonly width: number;
}

/** Arrays that all threads see. */
export interface SharedWindow {
  /** [T·B] */
  readonly inputs: Int32Array;
  /** [T·B] */
  readonly targets: Int32Array;
}

/** What a thread is started with; every array lies in shared memory. */
export type LaneJob = TrainingJob | ScoringJob;

interface Job {
  readonly config: NetworkConfig;
  readonly lanes: LaneRange;
  readonly unroll: number;
  readonly window: SharedWindow;
  /** The graph's inputs and results by name: parameters, the states of these lanes, gradients or nats. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

export interface TrainingJob extends Job {
  readonly kind: 'training';
  readonly dropout: Dropout;
  /** For every layer [H, B] of all lanes, where units of its output are left out. */
  readonly outputMasks: readonly Float32Array[];
  /** What this thread updates, of every parameter. */
  readonly updates: readonly UpdateShare[];
  readonly optimizerMemory: OptimizerMemory;
  /** Where the threads add up what each found, and this one's place among them. */
  readonly meeting: MeetingPlace;
  readonly thread: number;
}

/** A stretch of a parameter, with the gradients that every thread derived for it. */
export interface UpdateShare extends ParameterState {
  readonly gradients: readonly Float32Array[];
}

export interface ScoringJob extends Job {
  readonly kind: 'scoring';
}

/**
 * What can be asked of a thread: to compute its lanes of the window, whose share of the loss it answers; and to train
 * by them together with the others, which all answer alike.
 */
export type LaneCall =
  | { readonly kind: 'window' }
  | { readonly kind: 'step'; readonly options: StepOptions };

/** What a thread is sent to end itself. */
export const end = 'end';

/** A loss or a sum may be infinite or not a number, which zod's own numbers are not. */
const anyNumber = z.custom<number>((value) => typeof value === 'number');
const replySchema = z.union([
  z.object({ result: z.object({ loss: anyNumber, gradientNorm: anyNumber }) }),
  z.object({ failure: z.string() }),
]);

/** A thread of its own that computes some lanes of every window. It answers one call at a time. */
export class LaneThread {
  readonly #worker: Worker;
  #hasEnded = false;
  #pending: { resolve: (result: StepResult) => void; reject: (error: Error) => void } | undefined;

  private constructor(worker: Worker, ended: () => void) {
    this.#worker = worker;
    worker.on('message', (message: unknown) => {
      const reply = replySchema.parse(message);
      if ('result' in reply) this.#pending?.resolve(reply.result);
      else this.#pending?.reject(new Error(reply.failure));
    });
    worker.on('error', (error) => this.#pending?.reject(error));
    worker.on('exit', (code) => {
      this.#hasEnded = true;
      ended();
      this.#pending?.reject(new Error(`a thread of the engine ended with code ${code}`));
    });
  }

  static async start(job: LaneJob): Promise<LaneThread> {
    const file = new URL(`./lane-worker${extname(import.meta.url)}`, import.meta.url);
    const thread = new LaneThread(new Worker(file, { workerData: job, env: SHARE_ENV }), () => {
      if (job.kind === 'training') callOff(job.meeting);
    });
    await thread.#answer();
    return thread;
  }

  /** @throws Error if the thread ended, or fails at it */
  async call(what: LaneCall): Promise<StepResult> {
    if (this.#hasEnded) throw new Error('a thread of the engine has ended');
    const answer = this.#answer();
    this.#worker.postMessage(what);
    return answer;
  }

  async close(): Promise<void> {
    if (this.#hasEnded) return;
    const exit = once(this.#worker, 'exit');
    this.#worker.postMessage(end);
    await exit;
  }

  #answer(): Promise<StepResult> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
    });
  }
}

/** A thread for each job. Where one cannot start, the others are ended, which would keep the process alive. */
export async function startThreads(jobs: readonly LaneJob[]): Promise<LaneThread[]> {
  const started = await Promise.allSettled(jobs.map((job) => LaneThread.start(job)));
  const threads = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = started.find((each) => each.status === 'rejected');
  if (!failed) return threads;
  await Promise.all(threads.map((thread) => thread.close()));
  throw failed.reason;
}

/** `width` lanes in as many groups as there are threads, or lanes where those are fewer. */
export function laneRanges(width: number, threads: number): LaneRange[] {
  const groups = Math.min(threads, width);
  return Array.from({ length: groups }, (_, group) => {
    const first = Math.floor((group * width) / groups);
    return { first, count: Math.floor(((group + 1) * width) / groups) - first, width };
  });
}

export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

/** Arrays of zeros in shared memory, by name. */
export function shareFloats(
  shapes: readonly { readonly name: string; readonly shape: readonly number[] }[],
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(shapes.map(({ name, shape }) => [name, sharedFloats(elements(shape))]));
}

export function sharedWindow(length: number): SharedWindow {
  const ids = () => new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
  return { inputs: ids(), targets: ids() };
}

/** Copies the columns of some lanes between an array of all lanes [F, width] and one of theirs [F, count]. */
export function copyLanes(
  { first, count, width }: LaneRange,
  all: Float32Array,
  own: Float32Array,
  direction: 'in' | 'out',
): void {
  for (let row = 0; row * width < all.length; row++) {
    const inAll = all.subarray(row * width + first, row * width + first + count);
    const inOwn = own.subarray(row * count, (row + 1) * count);
    if (direction === 'in') inOwn.set(inAll);
    else inAll.set(inOwn);
  }
}
