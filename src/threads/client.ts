import { extname } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { EscribaError, isSystemError, systemReason } from '../errors.ts';
import { type FromThread, type Handlers, rebuildError, type ToThread } from './messages.ts';

export interface ThreadOptions {
  /** What it is for, to end the sentence "The thread that …". */
  readonly purpose: string;
  /** What its file finds as `workerData`. */
  readonly data?: unknown;
  /** Whether the process lives as long as it does. @default true */
  readonly keepsAlive?: boolean;
}

type Input<All extends Handlers, Name extends keyof All> =
  Parameters<All[Name]> extends [infer Given, ...unknown[]] ? [input: Given] : [];
type Result<All extends Handlers, Name extends keyof All> =
  ReturnType<All[Name]> extends Promise<infer Given> ? Given : never;
type Piece<All extends Handlers, Name extends keyof All> =
  ReturnType<All[Name]> extends AsyncGenerator<infer Given, void, void> ? Given : never;
/** The names of what answers at once, and of what answers in pieces. */
type CallName<All extends Handlers> = {
  [Name in keyof All & string]: ReturnType<All[Name]> extends Promise<unknown> ? Name : never;
}[keyof All & string];
type StreamName<All extends Handlers> = Exclude<keyof All & string, CallName<All>>;

/** What a call is told. */
interface Listener {
  readonly piece: (piece: never) => void;
  readonly done: (result: never) => void;
  readonly failed: (error: Error) => void;
}

/**
 * A thread, and the calls that are made of it: `new ThreadClient<typeof handlers>(file, ...)`, where `handlers` is
 * what its file gives to `serveThread`. Errors come across whole, an `EscribaError` with its remedy.
 */
export class ThreadClient<All extends Handlers> {
  readonly #purpose: string;
  readonly #worker: Worker;
  readonly #calls = new Map<number, Listener>();
  /** Resolves when the thread is gone, for whatever reason. */
  readonly ended: Promise<void>;
  #lastCall = 0;
  #isClosing = false;
  #hasEnded = false;
  #cause: unknown;

  /** @param file see `threadFile` */
  constructor(file: URL, { purpose, data, keepsAlive = true }: ThreadOptions) {
    this.#purpose = purpose;
    // What the engine says to its library through the environment has to reach the process's own.
    this.#worker = new Worker(file, { workerData: data, env: SHARE_ENV });
    if (!keepsAlive) this.#worker.unref();
    this.#worker.on('message', (message: FromThread<never>) => this.#receive(message));
    this.#worker.on('error', (cause) => {
      this.#cause = cause;
    });
    this.ended = new Promise<void>((resolve) => {
      this.#worker.on('exit', () => {
        this.#hasEnded = true;
        const calls = [...this.#calls.values()];
        this.#calls.clear();
        for (const { failed } of calls) failed(this.#endedError());
        resolve();
      });
    });
  }

  /** Whether the thread is gone: whatever is asked of it then fails. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** @throws what the handler throws; EscribaError where the thread has ended */
  call<Name extends CallName<All>>(
    name: Name,
    ...input: Input<All, Name>
  ): Promise<Result<All, Name>> {
    return new Promise((done, failed) => {
      this.#send(name, input[0], { piece: () => {}, done, failed });
    });
  }

  /** The pieces as they come. Ended early, it cancels the call. @throws as `call` does */
  async *stream<Name extends StreamName<All>>(
    name: Name,
    ...input: Input<All, Name>
  ): AsyncGenerator<Piece<All, Name>, void, void> {
    let unread: Piece<All, Name>[] = [];
    let end: { readonly error?: Error } | undefined;
    let next = Promise.withResolvers<void>();
    const finish = (how: { readonly error?: Error }) => {
      end = how;
      next.resolve();
    };
    const call = this.#send(name, input[0], {
      piece: (piece) => {
        unread.push(piece);
        next.resolve();
      },
      done: () => finish({}),
      failed: (error) => finish({ error }),
    });
    try {
      for (;;) {
        const pieces = unread;
        unread = [];
        yield* pieces;
        if (unread.length > 0) continue;
        if (end?.error) throw end.error;
        if (end) return;
        await next.promise;
        next = Promise.withResolvers();
      }
    } finally {
      if (this.#calls.delete(call)) this.#post({ cancel: call });
    }
  }

  /** Ends the thread after its current step; pending calls fail. Resolves when it is gone. */
  async close(): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#post({ end: true });
    }
    // Otherwise the process, with nothing else to do, would end in the middle of waiting.
    if (!this.#hasEnded) this.#worker.ref();
    await this.ended;
  }

  #send(name: string, input: unknown, listener: Listener): number {
    const call = ++this.#lastCall;
    if (this.#hasEnded || this.#isClosing) {
      listener.failed(this.#endedError());
      return call;
    }
    this.#calls.set(call, listener);
    this.#post({ call, name, input });
    return call;
  }

  #post(message: ToThread): void {
    if (!this.#hasEnded) this.#worker.postMessage(message);
  }

  #receive(message: FromThread<never>): void {
    const call = this.#calls.get(message.call);
    if (!call) return;
    if ('piece' in message) {
      call.piece(message.piece);
      return;
    }
    this.#calls.delete(message.call);
    if ('error' in message) call.failed(rebuildError(message.error));
    else call.done(message.result);
  }

  #endedError(): EscribaError {
    const ended = `The thread that ${this.#purpose} ended`;
    if (this.#isClosing) return new EscribaError(`${ended}.`, 'Try again later.');
    const cause = this.#cause;
    return isSystemError(cause)
      ? new EscribaError(`${ended}: ${systemReason(cause)}.`, 'Fix that and try again.', {
          cause,
        })
      : new EscribaError(`${ended} unexpectedly.`, 'Try again.', { cause });
  }
}

/**
 * The file of a thread, beside the file that starts it, compiled as that is or not.
 *
 * @param base `import.meta.url`
 * @param name without its ending, such as `./thread`
 */
export function threadFile(base: string, name: string): URL {
  return new URL(`${name}${extname(base)}`, base);
}
