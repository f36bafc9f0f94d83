import { expect, test } from 'vitest';
import { Queue } from '../../bot/core/queue.ts';
import { desk, privately } from './support/desk.ts';
import { storePath } from './support/networks.ts';

test('the wait of who comes next is told by how fast it goes, and is learned from a busy minute', async () => {
  let now = 0;
  const queue = new Queue(() => now);
  const done: (() => void)[] = [];
  const add = () => queue.through(() => new Promise<void>((resolve) => done.push(resolve)));
  const works = Array.from({ length: 150 }, add);
  expect(queue.wait()).toEqual({ ahead: 150, seconds: 10 });
  // One a second, for two minutes: that is what this machine does.
  for (let second = 1; second <= 120; second++) {
    now = second * 1_000;
    done.shift()?.();
    await works[second - 1];
  }
  expect(queue.length).toBe(30);
  expect(queue.wait().seconds).toBeGreaterThan(20);
  for (const each of done) each();
  await Promise.all(works);
  expect(queue.wait()).toEqual({ ahead: 0, seconds: 0 });
  // It is known from then on, whoever asks later.
  now += 600_000;
  for (let more = 0; more < 30; more++) void add();
  expect(queue.wait().seconds).toBeGreaterThan(20);
});

test('who is not let in is told so: of another server than those that are allowed', async () => {
  const { ask } = await desk(storePath(), { allowedServers: new Set(['G']) });
  expect(privately(await ask('/help'))).toMatch(/I am a scribe/);
  expect(privately(await ask('/help', { guild: null }))).toMatch(/I am a scribe/);
  expect(privately(await ask('/help', { guild: 'H' }))).toBe(
    'Whoever hosts me has not opened me to this server.',
  );
  expect(privately(await ask('/ajuda', { guild: 'H', locale: 'pt-BR' }))).toMatch(
    /^Quem me hospeda/,
  );
});

test('where many wait it is said how long it takes, and past a minute nobody is let in', async () => {
  const { assembly, ask, receive } = await desk(storePath());
  const { queue } = assembly;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const wait = (count: number) => {
    for (let each = 0; each < count; each++) void queue.through(() => ended);
  };
  expect(receive('/bible')).toMatchObject({ type: 'work', notice: null });
  wait(300);
  expect(receive('/bible')).toMatchObject({
    notice: expect.stringMatching(
      /^I'm on it\. 300 requests are ahead of yours: about 2[05] seconds\.$/,
    ),
  });
  expect(receive('/help')).toMatchObject({ notice: null });
  wait(700);
  expect(privately(await ask('/bible'))).toBe(
    'Too many people are asking at once: it would be about 2 minutes until your turn. Please try again later.',
  );
  expect(privately(await ask('/biblia', { locale: 'pt-BR' }))).toMatch(/^Há pedidos demais agora/);
  expect(privately(await ask('/help'))).toMatch(/I am a scribe/);
  expect(assembly.services.counters.turnedAway).toBe(2);
  end();
});
