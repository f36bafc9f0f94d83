import { inspect } from 'node:util';
import { EscribaError, isSystemError, systemReason } from '../errors.ts';
import type { Terminal } from './terminal.ts';

/** Tells a person what went wrong and what to do, and gives the exit code. DEBUG shows where it happened too. */
export function reportError(
  error: unknown,
  terminal: Terminal,
  environment: { readonly DEBUG?: string | undefined },
): number {
  const say = (what: string, remedy: string) => {
    terminal.note(`${terminal.styledNote('red', 'error:')} ${what}`);
    terminal.note(remedy);
    if (environment.DEBUG) terminal.note(inspect(error));
  };
  if (error instanceof EscribaError) {
    say(error.message, error.remedy);
    return error.exitCode;
  }
  if (isSystemError(error)) {
    say(`${error.path ?? 'A file'}: ${systemReason(error)}.`, 'Fix that and try again.');
    return 1;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  say(
    message,
    'This is a bug in Escriba. Please report it with the command, this message and what it shows with DEBUG=1.',
  );
  return 1;
}
