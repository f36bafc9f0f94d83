import { expect, test } from 'vitest';
import { recordEvaluation, recordSteps } from '../../../src/store/metrics.ts';
import { claimRun, createRun } from '../../../src/store/run-lifecycle.ts';
import { newRun, noon, stepsBetween } from '../../store/rows.ts';
import { desk, privately, publicly } from '../support/desk.ts';
import { addNetwork, inStore, storePath } from '../support/networks.ts';

test('tells of each network that serves, of what is being trained, and shows how they learned', async () => {
  const path = storePath();
  addNetwork(path, 'bible', 'ab\n', { bitsPerCharacter: 1.5 });
  const { ask } = await desk(path);
  const { text, picture } = publicly(await ask('/model'));
  expect(text).toMatch(
    /^\*\*King James Bible\*\*, run 1\n- LSTM 1 × 8, \d+ parameters\n- 1\.50 bits per character on parts that it never read\n- made <t:\d+:R>, after 0 readings of the text\n- the only network of this text\n\nNo training in progress$/,
  );
  expect(picture).toBeUndefined();
  const lease = inStore(path, (store) => {
    const begun = createRun(store, newRun, Date.now());
    recordSteps(store, begun, stepsBetween(1, 300), Date.now());
    return begun;
  });
  // No more the only one, and nothing to compare it with yet.
  expect(publicly(await ask('/model')).text).toMatch(/readings of the text\n\nTraining now/);
  inStore(path, (store) => {
    const evaluation = { step: 200, passes: 2, elapsed: 50, bitsPerCharacter: 1.25 };
    recordEvaluation(store, lease, evaluation, Date.now());
  });
  const training = publicly(await ask('/model'));
  expect(training.text).toContain('- run 2 does better: 1.25');
  expect(training.text).toMatch(/Training now: run 2, step 300 of 1,000$/);
});

test('shows the curve of the network that serves as a picture', async () => {
  const path = storePath();
  const run = addNetwork(path, 'bible', 'ab\n', { ended: false });
  inStore(path, (store) => {
    // Its process is this one, and has not given it up.
    store.write('DELETE FROM heartbeats');
    const lease = claimRun(store, run, noon);
    recordSteps(store, lease, stepsBetween(1, 300), noon);
  });
  const { ask } = await desk(path);
  const { picture } = publicly(await ask('/model', { locale: 'pt-BR' }));
  expect([...(picture?.png.subarray(1, 4) ?? [])]).toEqual([...Buffer.from('PNG')]);
  expect(picture?.alt).toMatch(/^Bits por caractere/);
});

test('says so where there is none', async () => {
  const { ask } = await desk(storePath());
  expect(privately(await ask('/model'))).toMatch(/No network has learned anything yet/);
});
