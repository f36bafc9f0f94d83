import { constants } from 'node:os';
import { EscribaError } from '../../errors.ts';
import { noPytorch } from './python.ts';

/** How Python's process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last of what it wrote to stderr. */
  readonly said: string;
}

/** Why the process of Python ended while it was needed. */
export function failureOf(python: string, { code, signal, said }: Ending): EscribaError {
  if (/No module named '?torch/.test(said)) return noPytorch(python, 'has none');
  const killed = signal ?? signalOfProcess(said);
  const reason = /^escriba-error: (.*)$/m.exec(said)?.[1];
  if (/out of memory|can't allocate memory/i.test(reason ?? '')) {
    return new EscribaError(
      `PyTorch ran out of memory: ${reason}.`,
      'Use a smaller --batch, --unroll or --hidden.',
    );
  }
  return new EscribaError(
    killed === null
      ? `PyTorch failed: ${withoutStop(reason ?? lastLine(said) ?? `its process ended with code ${code}`)}.`
      : `A process of PyTorch was killed (${killed}).`,
    killed === null
      ? 'Try again with another Python or PyTorch (ESCRIBA_PYTHON), or with the onnx engine; a run resumes from its last checkpoint.'
      : 'If memory ran out, use a smaller --batch or fewer --processes; a run resumes from its last checkpoint.',
  );
}

/** What `torchrun` says of one of its processes that a signal ended: others fail only because that one is gone. */
function signalOfProcess(said: string): string | null {
  const found = /exitcode\s*: -(\d+)/.exec(said);
  if (!found) return null;
  const named = Object.entries(constants.signals).find(([, number]) => number === Number(found[1]));
  return named?.[0] ?? `signal ${found[1]}`;
}

function lastLine(said: string): string | undefined {
  return said.trim().split('\n').at(-1)?.trim() || undefined;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
