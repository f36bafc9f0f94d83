import { expect, test } from 'vitest';
import { realClock } from '../../../bot/core/clock.ts';
import { createDrafts } from '../../../bot/discord/drafts.ts';

test('a text is shown after two seconds, then every two, one edit at a time, and nothing after its end', async () => {
  let now = 0;
  const edits: { text: string; done: () => void }[] = [];
  const draft = ({ text }: { text: string }) =>
    new Promise<void>((done) => edits.push({ text, done }));
  const { show, end } = createDrafts({ draft }, { now: () => now, sleep: realClock.sleep });
  const showAt = async (time: number, text: string) => {
    now = time;
    show(() => ({ text }));
    await Promise.resolve();
  };
  await showAt(1_999, 'too soon');
  await showAt(2_000, 'one');
  await showAt(4_100, 'while that is on its way');
  edits[0]?.done();
  await new Promise(setImmediate);
  await showAt(4_200, 'two');
  edits[1]?.done();
  await new Promise(setImmediate);
  await showAt(6_100, 'too soon again');
  await showAt(6_200, 'three');
  expect(edits.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  let ended = false;
  const ending = end().then(() => {
    ended = true;
  });
  await showAt(9_000, 'after its end');
  await new Promise(setImmediate);
  expect(ended).toBe(false);
  edits[2]?.done();
  await ending;
  expect(edits).toHaveLength(3);
});
