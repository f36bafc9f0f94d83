import type { Engine } from '../engine/engine.ts';
import type { NetworkConfig } from '../network/config.ts';
import { Random } from '../text/random.ts';
import { dropoutOf, MaskDrawer } from '../train/dropout.ts';
import type { TrainingSettings } from '../train/settings.ts';
import { initialState } from '../train/state.ts';

const warmUpSteps = 3;

/** Tokens a second that training learns from on this machine, by trying it for some seconds on random text. */
export async function measureSpeed(
  engine: Engine,
  config: NetworkConfig,
  settings: TrainingSettings,
  threads: number,
  { seconds = 2, clock = () => performance.now() } = {},
): Promise<number> {
  const { batch, unroll } = settings;
  const lanes = { length: batch * unroll + 1, batch, unroll };
  const { arrays } = initialState(config, settings, lanes);
  const dropout = dropoutOf(settings);
  const setup = { config, batch, unroll, dropout, keepsEma: settings.emaDecay > 0, threads };
  const trainer = await engine.trainer(setup, arrays);
  try {
    const random = Random.seeded(0, 'measuring');
    const masks = new MaskDrawer(config, settings);
    const ids = () =>
      Int32Array.from({ length: batch * unroll }, () => random.below(config.vocabularySize));
    const window = { inputs: ids(), targets: ids() };
    let began = clock();
    for (let step = 1; ; step++) {
      await trainer.step(window, masks.draw(random), {
        ...settings,
        step,
        resetState: false,
      });
      if (step <= warmUpSteps) began = clock();
      const elapsed = (clock() - began) / 1000;
      if (elapsed >= seconds) return ((step - warmUpSteps) * batch * unroll) / elapsed;
    }
  } finally {
    await trainer.close();
  }
}
