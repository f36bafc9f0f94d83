import { EscribaError } from '../../errors.ts';

/** The Python that ESCRIBA_PYTHON names, else `python3`. */
export function pythonCommand(): string {
  return process.env.ESCRIBA_PYTHON || 'python3';
}

/** How a Python gets what the engine needs. */
export const howToGetPytorch =
  'To get it: python3 -m venv .venv && .venv/bin/pip install torch, then set ESCRIBA_PYTHON=.venv/bin/python.';

/** That a Python cannot be run, or has no PyTorch. */
export function noPytorch(python: string, reason: string, cause?: unknown): EscribaError {
  return new EscribaError(
    `The torch engine needs a Python with PyTorch, and ${python} ${reason}.`,
    howToGetPytorch,
    { cause },
  );
}
