import { expect, test } from 'vitest';
import { renderMessage } from '../../../bot/console/render.ts';
import { desk, privately, publicly } from '../support/desk.ts';
import { addNetwork, storePath } from '../support/networks.ts';

/** Networks that expect `a` and `b`: one mostly the first, the other as often the one as the other. */
function stocked(): string {
  const path = storePath();
  addNetwork(path, 'bible', 'aaaaaab ');
  addNetwork(path, 'plato', 'ab \né');
  return path;
}

test('says whose a text is, by its bits per character under each network, the likeliest first', async () => {
  const { ask } = await desk(stocked());
  const { text } = publicly(await ask('/whose text:aaaa aaaa'));
  expect(text).toMatch(
    /^That sounds most like \*\*the King James Bible\*\*\.\n1\. King James Bible: \d\.\d\d bits per character\n2\. Plato's Republic: \d\.\d\d bits/,
  );
  expect(publicly(await ask('/whose text:bbbb bbbb bbbb bbbb bbbb')).text).toMatch(
    /like \*\*Plato's Republic/,
  );
  // −log₂ 6/8 under the one, −log₂ 1/5 under the other.
  const exact = publicly(await ask('/whose text:aaaaaaaa')).text;
  expect(exact).toContain('King James Bible: 0.42 bits');
  expect(exact).toContain("Plato's Republic: 2.32 bits");
});

test('compares over the characters that all networks know, and says how many', async () => {
  const { ask } = await desk(stocked());
  const { text } = publicly(await ask('/whose text:aéa\u{1F98A}@everyone'));
  // é is known to one of them alone; the other letters to none, but for two that both can read in place of others.
  expect(text).toMatch(/Computed over the 2 characters that all of the networks know$/);
  expect(privately(await ask('/whose text:\u{1F98A}'))).toMatch(/don't all know any of these/);
});

test('underlines the words that surprised the likeliest network most', async () => {
  const { ask } = await desk(stocked());
  const reply = publicly(await ask('/whose text:aaaa aaa bbb aaaa aa'));
  expect(reply.text).toContain('> aaaa aaa __bbb__ aaaa aa');
  const shown = renderMessage(reply, { locale: 'en', now: 0, style: (_, text) => text });
  expect(shown).toContain('│ aaaa aaa bbb aaaa aa');
});

test('compares more texts than networks stay in memory', async () => {
  const path = storePath();
  for (let place = 1; place <= 8; place++)
    addNetwork(path, `text ${place}`, `${'a'.repeat(place)}b`);
  const { ask } = await desk(path);
  const { text } = publicly(await ask('/whose text:aaaa'));
  const order = [...text.matchAll(/^\d\. .*text (\d)/gm)].map(([, place]) => Number(place));
  expect(order).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});
