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

/** A value from outside (an option, a file, a variable) that cannot be used as it is. */
export class BadInput extends EscribaError {
  override readonly name = 'BadInput';

  constructor(message: string, remedy: string, options: { cause?: unknown } = {}) {
    super(message, remedy, { ...options, exitCode: 2 });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user has no permission',
  EPERM: 'this user has no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's share of the disk is full",
  EIO: 'the disk or terminal does not answer',
  EMFILE: 'this process has too many files open (see `ulimit -n`)',
  ENFILE: 'the system has too many files open',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links go round in a circle',
};

/** Why the system did not open, read or write a file, in words. */
export function systemReason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return reasons[systemCode(cause) ?? ''] ?? cause.message;
}

/** Node's loader and its threads name the system's code in their message only. */
function systemCode(error: Error): string | undefined {
  const code = 'code' in error ? String(error.code) : '';
  if (code in reasons) return code;
  if (error.message.includes('too many open files')) return 'EMFILE';
  return error.message.match(/\bE[A-Z]+\b/g)?.find((word) => word in reasons);
}

/** Whether an error is the system's: a file or a disk that a person can mend. */
export function isSystemError(error: unknown): error is Error & { readonly path?: string } {
  return error instanceof Error && systemCode(error) !== undefined;
}
