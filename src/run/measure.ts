import type { Engine } from '../engine/engine.ts';
import type { NetworkConfig } from '../network/config.ts';
import { initialParameters } from '../network/parameters.ts';
import { Random } from '../text/random.ts';
import { dropoutOf, MaskDrawer } from '../train/dropout.ts';
import { evaluationShape } from '../train/evaluation.ts';
import type { TrainingSettings } from '../train/settings.ts';
import { initialState } from '../train/state.ts';

const warmUpSteps = 3;

/** Tokens a second that training learns from on this machine, by trying it for some seconds on random text. */
export async function measureSpeed(
  engine: Engine,
  config: NetworkConfig,
  settings: TrainingSettings,
  threads: number,
  timing?: Timing,
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
    let step = 0;
    const takeStep = () =>
      trainer.step(window, masks.draw(random), { ...settings, step: ++step, resetState: false });
    return (await perSecond(takeStep, timing)) * batch * unroll;
  } finally {
    await trainer.close();
  }
}

/** Tokens a second that are scored on this machine, as an evaluation scores them. */
export async function measureScoring(
  engine: Engine,
  config: NetworkConfig,
  threads: number,
  timing?: Timing,
): Promise<number> {
  const random = Random.seeded(0, 'measuring');
  const tokens = evaluationShape.lanes * evaluationShape.unroll;
  const ids = Int32Array.from({ length: tokens }, () => random.below(config.vocabularySize));
  const scorer = await engine.scorer({ ...evaluationShape, config, threads });
  try {
    scorer.begin(initialParameters(config, () => random.next()));
    const score = () => scorer.score({ inputs: ids, targets: ids });
    return (await perSecond(score, timing)) * tokens;
  } finally {
    await scorer.close();
  }
}

/** Tokens a second that a text is written with on this machine, one after the other. */
export async function measureWriting(
  engine: Engine,
  config: NetworkConfig,
  timing?: Timing,
): Promise<number> {
  const random = Random.seeded(0, 'measuring');
  const weights = initialParameters(config, () => random.next());
  const stepper = await engine.stepper({ config, weights, threads: 1, quantized: true });
  try {
    return await perSecond(() => stepper.step(Int32Array.of(0), undefined), timing);
  } finally {
    await stepper.close();
  }
}

interface Timing {
  readonly seconds?: number;
  readonly clock?: () => number;
}

/** How often a second something is done, once it has been done a few times. */
async function perSecond(
  work: () => Promise<unknown>,
  { seconds = 2, clock = () => performance.now() }: Timing = {},
): Promise<number> {
  let began = clock();
  for (let times = 1; ; times++) {
    await work();
    if (times <= warmUpSteps) began = clock();
    const elapsed = (clock() - began) / 1000;
    if (elapsed >= seconds) return (times - warmUpSteps) / elapsed;
  }
}
