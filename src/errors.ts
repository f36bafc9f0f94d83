/**
 * Every failure that a person can mend: what went wrong, with which value, and what to do about it.
 * A program prints `message` and `remedy` and exits with `exitCode`; anything else is a defect.
 */
export class EscribaError extends Error {
  override readonly name: string = 'EscribaError';
  /** What the reader can do about it, one sentence. */
  readonly remedy: string;
  /** What a process that ends on it exits with: 1 it failed, 2 it was called wrongly. */
  readonly exitCode: 1 | 2;

  constructor(
    message: string,
    remedy: string,
    options: { cause?: unknown; exitCode?: 1 | 2 } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.remedy = remedy;
    this.exitCode = options.exitCode ?? 1;
  }
}

const failures: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** Why a file could not be read, in a few words. */
export function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return failures[code] ?? (error instanceof Error ? error.message : String(error));
}

/** A value from outside (an option, a file, a variable) that cannot be used as it is. */
export class BadInput extends EscribaError {
  override readonly name = 'BadInput';

  constructor(message: string, remedy: string, options: { cause?: unknown } = {}) {
    super(message, remedy, { ...options, exitCode: 2 });
  }
}
