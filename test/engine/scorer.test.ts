import { describe, test } from 'vitest';
import { Random } from '../../src/text/random.ts';
import { referenceWindow } from '../support/reference-network.ts';
import { engines } from './engines.ts';
import {
  expectClose,
  laneStates,
  networks,
  randomState,
  randomWindow,
  title,
  unitVectors,
} from './networks.ts';

const lanes = 5;
const unroll = 4;

describe.each(engines)('a scorer of the $name engine', (engine) => {
  // Also so many tokens that their vectors are gathered.
  const many = { vocabularySize: 150, hidden: 8, layers: 2 };
  const cases = [
    ...networks.filter(({ layers }) => layers === 2),
    { cell: 'lstm', embedding: 5, ...many } as const,
  ].map((config) => ({ config, title: `${title(config)}, ${config.vocabularySize} tokens` }));

  test.each(cases)(
    'gives the nats of every character, window after window: $title',
    async ({ config }) => {
      const random = Random.seeded(1, title(config));
      const scorer = await engine.scorer({ config, lanes, unroll, threads: 2 });
      try {
        // The second begins anew: nothing of the first is left.
        for (const weights of [
          randomState(config, lanes, random),
          randomState(config, lanes, random),
        ]) {
          const whole = randomWindow(config, 3 * unroll * lanes, random);
          const expected = referenceWindow({
            config,
            parameters: weights,
            batch: lanes,
            inputs: unitVectors(config, whole.inputs),
            targets: whole.targets,
            states: laneStates(config, lanes),
          });
          scorer.begin(weights);
          const nats: number[] = [];
          for (let from = 0; from < whole.inputs.length; from += unroll * lanes) {
            const to = from + unroll * lanes;
            const window = {
              inputs: whole.inputs.subarray(from, to),
              targets: whole.targets.subarray(from, to),
            };
            nats.push(...(await scorer.score(window)));
          }
          expectClose(nats, expected.nats, 'the nats');
        }
      } finally {
        await scorer.close();
      }
    },
  );
});
