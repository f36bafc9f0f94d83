import type { Engine, Trainer, TrainerSetup } from '../../src/engine/engine.ts';
import type { NamedArrays } from '../../src/network/config.ts';

/** Uses a trainer and lets it go. */
export async function withTrainer<Result>(
  by: Engine,
  setup: TrainerSetup,
  state: NamedArrays,
  use: (trainer: Trainer) => Promise<Result>,
): Promise<Result> {
  const trainer = await by.trainer(setup, state);
  try {
    return await use(trainer);
  } finally {
    await trainer.close();
  }
}
