import { expect, test } from 'vitest';
import { Random } from '../../src/text/random.ts';
import { MaskDrawer } from '../../src/train/dropout.ts';
import { network, settings } from './training.ts';

const shape = { ...network, hidden: 200, layers: 2 };
const batch = 50;

test.each([
  { dropout: 0.5, recurrentDropout: 0.2 },
  { dropout: 0.25, recurrentDropout: 0 },
  { dropout: 0, recurrentDropout: 0.75 },
])(
  'masks leave out with the chances $dropout and $recurrentDropout, and keep the mean',
  (chances) => {
    const random = Random.seeded(1, 'masks');
    const drawer = new MaskDrawer(shape, { ...settings, batch, ...chances });
    const masks = drawer.draw(random);
    const recurrent = Object.values(masks.recurrent);
    // One factor for a unit of a lane and one for a weight: nothing in a mask belongs to a step of the window.
    expect(masks.layers.map((layer) => layer.length)).toEqual(
      chances.dropout > 0 ? [200 * batch, 200 * batch] : [],
    );
    expect(recurrent.map((mask) => mask.length)).toEqual(
      chances.recurrentDropout > 0 ? Array.from({ length: 8 }, () => 200 * 200) : [],
    );
    const drawn = [
      ...recurrent.map((mask) => [mask, chances.recurrentDropout] as const),
      ...masks.layers.map((layer) => [layer, chances.dropout] as const),
    ];
    for (const [mask, chance] of drawn) {
      const kept = Math.fround(1 / (1 - chance));
      const leftOut = mask.filter((factor) => factor === 0).length;
      expect(mask.filter((factor) => factor === kept)).toHaveLength(mask.length - leftOut);
      // Five standard deviations of a binomial.
      const deviation = Math.sqrt(mask.length * chance * (1 - chance));
      expect(Math.abs(leftOut - mask.length * chance)).toBeLessThanOrEqual(5 * deviation);
    }
    const first = structuredClone(masks);
    expect(drawer.draw(random)).not.toEqual(first);
  },
);

test('nothing is drawn where nothing is left out', () => {
  const random = Random.seeded(1, 'masks');
  const none = { ...settings, dropout: 0, recurrentDropout: 0 };
  expect(new MaskDrawer(network, none).draw(random)).toEqual({ recurrent: {}, layers: [] });
  expect(random.state()).toEqual(Random.seeded(1, 'masks').state());
});
