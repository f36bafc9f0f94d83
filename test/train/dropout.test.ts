import { expect, test } from 'vitest';
import { Random } from '../../src/text/random.ts';
import { drawMasks } from '../../src/train/dropout.ts';
import { network, settings } from './training.ts';

const shape = { ...network, vocabularySize: 5_000, hidden: 200, layers: 2 };
const batch = 50;

test.each([
  { dropout: 0.5, inputDropout: 0.2 },
  { dropout: 0.25, inputDropout: 0 },
  { dropout: 0, inputDropout: 0.75 },
])('masks leave out with the chances $dropout and $inputDropout, and keep the mean', (chances) => {
  const random = Random.seeded(1, 'masks');
  const masks = drawMasks(shape, { ...settings, batch, ...chances }, random);
  if (!masks) throw new Error('no masks');
  // One factor for a character and one for a unit of a lane: nothing in a mask belongs to a step of the window.
  expect(masks.input).toHaveLength(5_000);
  expect(masks.layers.map(({ length }) => length)).toEqual([200 * batch, 200 * batch]);
  const wanted = [
    [masks.input, chances.inputDropout],
    ...masks.layers.map((layer) => [layer, chances.dropout] as const),
  ] as const;
  for (const [mask, chance] of wanted) {
    const kept = Math.fround(1 / (1 - chance));
    const leftOut = mask.filter((factor) => factor === 0).length;
    expect(mask.filter((factor) => factor === kept)).toHaveLength(mask.length - leftOut);
    // Five standard deviations of a binomial.
    const deviation = Math.sqrt(mask.length * chance * (1 - chance));
    expect(Math.abs(leftOut - mask.length * chance)).toBeLessThanOrEqual(5 * deviation);
  }
  expect(drawMasks(shape, { ...settings, batch, ...chances }, random)).not.toEqual(masks);
});

test('nothing is drawn where nothing is left out', () => {
  const random = Random.seeded(1, 'masks');
  expect(drawMasks(network, { ...settings, dropout: 0, inputDropout: 0 }, random)).toBeUndefined();
  expect(random.state()).toEqual(Random.seeded(1, 'masks').state());
});
