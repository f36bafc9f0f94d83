import { expect, test } from 'vitest';
import type { NetworkConfig } from '../../src/network/config.ts';
import { tensorNames } from '../../src/network/training-graph.ts';
import { Random } from '../../src/text/random.ts';
import { engines } from './engines.ts';
import { beginning } from './networks.ts';

const config: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: 40,
  embedding: 16,
  hidden: 8,
  layers: 1,
};

// In a file of its own, which is a process of its own: ONNX Runtime can be told to round such numbers to zero, but does
// so only on the thread that makes a process's first session.
test.each(engines)(
  'moments too small for full precision are kept by every thread, run after run: $name',
  async (engine) => {
    const [batch, unroll, threads] = [4, 3, 4];
    const state = beginning(config, batch, Random.seeded(1, 'denormals'));
    const moment = tensorNames.m('embedding');
    state[moment]?.data.fill(6e-39);
    const setup = {
      ...{ config, batch, unroll, threads, keepsEma: true },
      dropout: { outputs: false, recurrent: false },
    };
    const only = Int32Array.from({ length: batch * unroll }, () => 0);
    const run = async () => {
      const trainer = await engine.trainer(setup, state);
      const options = { step: 1, learningRate: 0.01, weightDecay: 0, clip: 1, emaDecay: 0.9 };
      await trainer.step(
        { inputs: only, targets: only },
        { recurrent: {}, layers: [] },
        { ...options, resetState: false },
      );
      const after = await trainer.state();
      await trainer.close();
      return after;
    };
    const first = await run();
    // Nothing but the first character occurs, so that the moments of the others only decay.
    const decayed = Math.fround(Math.fround(0.9) * Math.fround(6e-39));
    expect(new Set(first[moment]?.data.subarray(16))).toEqual(new Set([decayed]));
    for (let again = 0; again < 3; again++) expect(await run()).toEqual(first);
  },
);
