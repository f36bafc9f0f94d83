import { BadInput, EscribaError } from '../errors.ts';

/** What a thread can be asked, by name: a promise gives one result, a generator gives pieces as they come. */
export type Handlers = Readonly<
  Record<
    string,
    (input: never, signal: AbortSignal) => Promise<unknown> | AsyncGenerator<unknown, void, void>
  >
>;

/** The two ends are compiled together, which alone vouches for the types of what passes: `never` is any of them. */
export type ToThread<Payload = unknown> =
  | { readonly call: number; readonly name: string; readonly input: Payload }
  /** Nobody waits for what this call would give. */
  | { readonly cancel: number }
  /** The thread is to end. */
  | { readonly end: true };

export type FromThread<Payload = unknown> = { readonly call: number } & (
  | { readonly piece: Payload }
  | { readonly result: Payload }
  | { readonly error: CarriedError }
);

/** An error as it passes between threads, which would make a plain `Error` of it and drop what it does not know. */
export interface CarriedError {
  readonly kind: 'EscribaError' | 'BadInput' | 'other';
  readonly message: string;
  readonly remedy: string;
  readonly exitCode: 1 | 2;
  readonly stack: string | undefined;
}

export function carryError(error: unknown): CarriedError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (!(error instanceof EscribaError)) {
    return { kind: 'other', message, remedy: '', exitCode: 1, stack };
  }
  const { remedy, exitCode } = error;
  const kind = error instanceof BadInput ? 'BadInput' : 'EscribaError';
  return { kind, message, remedy, exitCode, stack };
}

/** The error again; its cause has the stack of the thread that it comes from. */
export function rebuildError({ kind, message, remedy, exitCode, stack }: CarriedError): Error {
  const cause = new Error(message);
  if (stack !== undefined) cause.stack = stack;
  if (kind === 'BadInput') return new BadInput(message, remedy, { cause });
  if (kind === 'EscribaError') return new EscribaError(message, remedy, { cause, exitCode });
  return new Error(message, { cause });
}
