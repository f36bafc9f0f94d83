import { expect, test } from 'vitest';
import { desk, privately, publicly } from '../support/desk.ts';
import { addNetwork, storePath } from '../support/networks.ts';

test("somebody's message is compared with the books, as much of it as fits", async () => {
  const path = storePath();
  addNetwork(path, 'bible', 'aaaaaab ');
  addNetwork(path, 'plato', 'ab \n');
  const { choose } = await desk(path);
  expect(publicly(await choose('Whose voice?', 'aaaa aaaa')).text).toMatch(
    /^That sounds most like \*\*the King James Bible/,
  );
  const { text } = publicly(await choose('Whose voice?', 'aaaa '.repeat(800)));
  expect(text.length).toBeLessThan(2000);
  expect(text).toContain('Computed over the 699 characters');
  expect(privately(await choose('Whose voice?', ' \n'))).toBe(
    'There are no words in this message.',
  );
});

test("somebody's message is continued, with the buttons under it", async () => {
  const path = storePath();
  addNetwork(path, 'signs', 'ab\n');
  const { choose, press } = await desk(path);
  expect(privately(await choose('Continue this', 'abab'))).toMatch(
    /No network has learned anything/,
  );
  addNetwork(path, 'plato', 'ab. ');
  const reply = publicly(await choose('Continue this', `${'a'.repeat(400)}b`));
  expect(reply.text).toMatch(/^\*\*a{299}b\*\*/);
  const again = reply.buttons?.find(({ label }) => label === 'Again');
  expect(publicly(await press(again?.id ?? '')).text).toMatch(/^\*\*a{299}b\*\*/);
  expect(privately(await choose('Continue this', ''))).toBe('There are no words in this message.');
});
