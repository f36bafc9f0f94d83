import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { EscribaError, systemReason } from '../../errors.ts';
import { failureOf } from './failure.ts';
import { type Frame, FrameReader, frameBytes, type SentArray } from './frames.ts';
import { environmentOf, type Placement, wordsToStart } from './launch.ts';
import { noPytorch } from './python.ts';

const protocol = 1;

const helloSchema = z.object({
  protocol: z.int(),
  torch: z.string(),
  device: z.string(),
  pids: z.array(z.int()),
});

/** What Python says of itself once it is there. */
export type Hello = z.infer<typeof helloSchema>;

/** The longest end of stderr that is kept, in characters. */
const keptWords = 20_000;

interface Waiting {
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A process of Python, or several, which compute what they are asked for, one call after the other. It lives as long as
 * this process, which does not wait for it unless an answer is due.
 */
export class Connection {
  readonly hello: Hello;
  readonly #python: Python;
  #ids = 0;

  private constructor(python: Python, hello: Hello) {
    this.#python = python;
    this.hello = hello;
  }

  /**
   * @param python the command of a Python
   * @param threads processors to compute with, of all processes here
   * @throws EscribaError where there is no such Python, no PyTorch in it, or the processes do not find each other
   */
  static async open(python: string, threads: number, placement: Placement): Promise<Connection> {
    const process = new Python(python, threads, placement);
    const { head } = await process.next();
    const hello = helloSchema.parse(head);
    if (hello.protocol === protocol) return new Connection(process, hello);
    throw new EscribaError(
      `The torch engine speaks protocol ${protocol}, and its Python file protocol ${hello.protocol}.`,
      'Reinstall Escriba: its files are of different versions.',
    );
  }

  get isAlive(): boolean {
    return this.#python.isAlive;
  }

  /** Makes something in Python and gives the way to call it. */
  async create(
    kind: 'trainer' | 'scorer' | 'stepper',
    settings: Readonly<Record<string, unknown>>,
    arrays: Readonly<Record<string, SentArray>>,
  ): Promise<Remote> {
    const id = this.#ids++;
    const call: Remote['call'] = (name, options = {}, given = {}) =>
      this.#python.ask({ of: kind, id, call: name, ...options }, given);
    await call('open', settings, arrays);
    return {
      call,
      close: async () => {
        if (this.isAlive) await call('close');
      },
    };
  }
}

/** A trainer, scorer or stepper in Python. */
export interface Remote {
  /** @returns arrays by name @throws EscribaError where Python failed or has ended */
  call(
    name: string,
    options?: Readonly<Record<string, unknown>>,
    arrays?: Readonly<Record<string, SentArray>>,
  ): Promise<Readonly<Record<string, SentArray>>>;
  close(): Promise<void>;
}

class Python {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: Waiting[] = [];
  #ended: Error | undefined;
  #said = '';

  constructor(python: string, threads: number, placement: Placement) {
    this.#child = spawn(python, wordsToStart(placement, 'leads'), {
      stdio: 'pipe',
      env: environmentOf(threads, placement, 'leads'),
      // In a session of its own: Ctrl-C is for Escriba, which still wants an answer for its last checkpoint.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const { stdin, stdout, stderr } = this.#child;
    const reader = new FrameReader();
    stdout.on('data', (bytes: Uint8Array) => {
      try {
        for (const frame of reader.take(bytes)) this.#waiting.shift()?.resolve(frame);
        this.#hold();
      } catch (cause) {
        this.#end(notOurs(python, cause));
        stdin.destroy();
      }
    });
    stderr.setEncoding('utf8').on('data', (words: string) => {
      this.#said = (this.#said + words).slice(-keptWords);
    });
    // That the process has ended is told below, with the reason.
    stdin.on('error', () => {});
    this.#child.once('error', (error) => {
      this.#end(noPytorch(python, `could not be run: ${systemReason(error)}`, error));
    });
    this.#child.once('close', (code, signal) => {
      this.#end(failureOf(python, { code, signal, said: this.#said }));
    });
    this.#child.once('exit', () => stdin.destroy());
  }

  get isAlive(): boolean {
    return this.#ended === undefined;
  }

  /** The next frame that nobody waits for yet. */
  next(): Promise<Frame> {
    return new Promise((resolve, reject) => {
      if (this.#ended) reject(this.#ended);
      else this.#waiting.push({ resolve, reject });
      this.#hold();
    });
  }

  async ask(
    head: Readonly<Record<string, unknown>>,
    arrays: Readonly<Record<string, SentArray>>,
  ): Promise<Readonly<Record<string, SentArray>>> {
    const answer = this.next();
    for (const bytes of frameBytes(head, arrays)) this.#child.stdin.write(bytes);
    return (await answer).arrays;
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }

  /** Has this process wait for Python while an answer is due. */
  #hold(): void {
    const { stdin, stdout, stderr } = this.#child;
    const sockets = [stdin, stdout, stderr].filter((stream) => stream instanceof Socket);
    for (const each of [this.#child, ...sockets]) {
      if (this.#waiting.length > 0) each.ref();
      else each.unref();
    }
  }
}

function notOurs(python: string, cause: unknown): EscribaError {
  return new EscribaError(
    `${python} gave something else than what it was asked for.`,
    'Set ESCRIBA_PYTHON to the python program itself, not to a script around it that prints.',
    { cause },
  );
}
