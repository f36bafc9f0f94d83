import { expect, test } from 'vitest';
import { desk, privately, publicly } from '../support/desk.ts';
import { addNetwork, inStore, storePath } from '../support/networks.ts';

test('what is kept of someone is given out and deleted, and nothing of anybody else', async () => {
  const path = storePath();
  addNetwork(path, 'signs', 'ab\n');
  const { ask } = await desk(path);
  publicly(await ask('/write corpus:signs seed:mine', { user: 'one' }));
  publicly(await ask('/write corpus:signs seed:theirs', { user: 'two' }));
  const reply = await ask('/privacy export', { user: 'one' });
  expect(privately(reply)).toBe('Everything I keep about you: one text.');
  if (reply.type !== 'message' || !reply.file) throw new Error('no file');
  expect(reply.file.name).toBe('escriba.json');
  expect(JSON.parse(new TextDecoder().decode(reply.file.data))).toMatchObject({
    texts: [{ asker: 'one', seed: 'mine', corpus: 'signs', channel: 'C', guild: 'G' }],
  });
  expect(privately(await ask('/privacy delete', { user: 'one' }))).toMatch(/^Deleted: one text\./);
  expect(privately(await ask('/privacy delete', { user: 'one' }))).toBe(
    'I keep nothing about you.',
  );
  expect(privately(await ask('/privacy export', { user: 'one' }))).toBe(
    'I keep nothing about you.',
  );
  expect(inStore(path, (store) => store.rows('SELECT asker FROM exchanges'))).toEqual([
    { asker: 'two' },
  ]);
});

test('of a server that removes the bot while it writes, nothing is kept', async () => {
  const path = storePath();
  addNetwork(path, 'signs', 'ab\n');
  const { ask, assembly } = await desk(path);
  const { exchanges } = assembly.services;
  exchanges.leave('G');
  publicly(await ask('/write corpus:signs'));
  await exchanges.settled();
  expect(inStore(path, (store) => store.rows('SELECT * FROM guilds'))).toEqual([]);
  exchanges.join('G');
  publicly(await ask('/write corpus:signs'));
  await exchanges.settled();
  expect(inStore(path, (store) => store.rows('SELECT id FROM guilds'))).toEqual([{ id: 'G' }]);
});
