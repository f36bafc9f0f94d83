import { BadInput } from '../errors.ts';
import type { Budget } from '../run/plan.ts';

/** How long to train, by the one of three options that was given; undefined where none was. @throws BadInput for two */
export function budgetOf(given: {
  readonly minutes?: number | undefined;
  readonly passes?: number | undefined;
  readonly steps?: number | undefined;
}): Budget | undefined {
  const { minutes, passes, steps } = given;
  const budgets: readonly Budget[] = [
    ...(minutes === undefined ? [] : [{ minutes }]),
    ...(passes === undefined ? [] : [{ passes }]),
    ...(steps === undefined ? [] : [{ steps }]),
  ];
  if (budgets.length > 1) {
    throw new BadInput(
      'A run has one budget: --minutes, --passes or --steps.',
      'Leave the others out.',
    );
  }
  return budgets[0];
}
