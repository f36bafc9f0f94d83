import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptFor } from '../../../bot/library/exchanges.ts';
import { bible } from '../../../data/bible.ts';
import { deleteRun } from '../../../src/store/run-lifecycle.ts';
import { desk, privately, publicly } from '../support/desk.ts';
import { addNetwork, inStore, storePath } from '../support/networks.ts';

const verses = (await bible.corpus()).text;
/** Characters as often as the Bible has them, each of them at least once. */
const habit = `${verses.slice(0, 20_000)}${[...new Set(verses)].join('')}`;
/** With line ends so often that min-p leaves them in. */
const habitOfVerses = `${habit}${'\n'.repeat(800)}`;

/** A store with a network for the Bible, and one for a text whose characters are all that Discord reads as markdown. */
function stocked(ofBible = habit): string {
  const path = storePath();
  addNetwork(path, 'bible', ofBible);
  addNetwork(path, 'signs', 'ab \n*_~`|<>@#[]()-+.:/\\1é');
  return path;
}

function buttonOf(reply: ReturnType<typeof publicly>, name: string): string {
  return reply.buttons?.find(({ id }) => id.startsWith(`${name}:`))?.id ?? '';
}

/** A message without its small print, as it begins. */
function bodyOf({ text }: { readonly text: string }): string {
  return text.replace(/\n-# [\s\S]*$/, '');
}

describe('a written text', () => {
  test('goes on from the seed, which is in bold, and says who wrote it and what it borrowed', async () => {
    const { ask } = await desk(stocked());
    const reply = publicly(await ask('/bible seed:Henrique verses:1'));
    expect(reply.text).toMatch(
      /^\*\*Henrique\*\*[^\n]*\n-# Invented by a neural network, not Scripture \(LSTM 1 × 8, run 1\) · 2\.00 bits per character · longest phrase copied from the book: \d+ characters$/,
    );
    expect(reply.buttons?.map(({ label }) => label)).toEqual([
      'Again',
      'Change…',
      'Continue',
      'Delete',
    ]);
    const localized = publicly(await ask('/biblia semente:Henrique', { locale: 'pt-BR' }));
    expect(localized.text).toMatch(
      /-# Inventado por uma rede neural, não é da Bíblia \(.*\) · 2,00 bits por caractere · maior trecho/,
    );
  });

  test('has as many verses, sentences or lines as were asked for', async () => {
    const path = stocked(habitOfVerses);
    addNetwork(path, 'plato', 'A! ');
    const { ask } = await desk(path);
    const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '').length;
    expect(lines(bodyOf(publicly(await ask('/bible verses:3 temperature:1'))))).toBe(3);
    const sentences = bodyOf(publicly(await ask('/plato sentences:4')));
    expect(sentences.match(/![! ]*/g)).toHaveLength(4);
    expect(lines(bodyOf(publicly(await ask('/write corpus:signs lines:2'))))).toBe(2);
  });

  test('is shown verse by verse while it is written, as invented from the first', async () => {
    const { ask, drafts } = await desk(stocked(habitOfVerses));
    const { text } = publicly(await ask('/bible seed:Henrique verses:8'));
    expect(drafts.length).toBeGreaterThanOrEqual(1);
    for (const draft of drafts) {
      expect(draft).toMatch(
        /^\*\*Henrique\*\*[\s\S]* …\n-# Invented by a neural network, not Scripture$/,
      );
      expect(text.startsWith(draft.replace(/ …\n-# .*$/, ''))).toBe(true);
    }
  });

  test('fits into a message and obeys no markdown, whatever the seed and the network say', async () => {
    const { ask } = await desk(stocked());
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom(
        '*'.repeat(300),
        '@everyone <@123456789012345678> <#1> <t:0:R>',
        'https://example.com/a_b_c [click](https://example.com)',
        '# heading\n> quote\n- list\n1. one\n-# small',
        '||spoiler|| ~~gone~~ `code` ```block``` __under__ :smile:',
        '\u202egnirts\u200b\u0000\u0007 👩‍👩‍👧‍👦 é \t',
        "'; DROP TABLE exchanges; --",
        '',
        '   ',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        nasty,
        fc.constantFrom('/bible', '/write corpus:signs'),
        async (seed, line) => {
          const typed = [...seed].slice(0, 300).join('');
          const options = line === '/bible' ? { seed: typed } : { corpus: 'signs', seed: typed };
          const reply = publicly(await ask(line, { options: { ...options, temperature: 1 } }));
          expect(reply.text.length).toBeLessThan(2000);
          const [body = '', ...print] = reply.text.split(/\n(?=-# )/);
          expect(print.length).toBeGreaterThan(0);
          // Without what is escaped, and the bold that is ours, there is no mark left.
          const bare = body
            .replaceAll('(invented)', '')
            .replace(/\\[^\p{L}\p{N}\s]|(?<=^\s*\d+)\\(?=[.)])/gmu, 'x')
            .replace(/^\s*\*\*(.*?)\*\*/gm, '$1');
          expect(bare).not.toMatch(/[*_~`|<@[\]\\]|:\/\/|^\s*[#>+-]/m);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('tells how the network read the seed', async () => {
    const { ask } = await desk(stocked());
    const reply = publicly(await ask('/bible seed:Olá 🦊\u200b you'));
    expect(reply.text).toMatch(/^\*\*Ola {2}you\*\*/);
    expect(reply.text).toMatch(
      /\n-# The network read á as a\n-# The network does not know 🦊 U\+200B$/,
    );
  });

  test('that is cut in the middle of a sentence says so, and one that goes on has as much room', async () => {
    const path = storePath();
    addNetwork(path, 'endless', 'ab ');
    const { ask, press } = await desk(path);
    for (let asked = 0; asked < 6; asked++) {
      const reply = publicly(await ask('/write corpus:endless seed:ab'));
      const further = publicly(await press(buttonOf(reply, 'continue')));
      for (const body of [bodyOf(reply), bodyOf(further)]) {
        expect(body).toMatch(/[ab] …$/);
        expect(body.length).toBeGreaterThan(1_350);
      }
    }
  });

  test('begins anew where the network knows no character of the seed, and says so', async () => {
    const { ask } = await desk(stocked());
    const { text } = publicly(await ask('/bible seed:🦊'));
    expect(text).toMatch(/^[^\s*][\s\S]*\n-# The network does not know 🦊$/);
  });

  test('is refused kindly where there is nothing to write it with', async () => {
    const { ask } = await desk(stocked());
    expect(privately(await ask('/plato'))).toMatch(/No network has learned Plato's Republic yet/);
    expect(privately(await ask('/bible model:77'))).toMatch(/There is no network "77"/);
    expect(privately(await ask('/bible model:2'))).toMatch(/There is no network "2"/);
    expect(privately(await ask('/bible model:*x*'))).toContain('"\\*x\\*"');
    expect(privately(await ask('/write corpus:nothing'))).toMatch(/There are: signs\./);
    const empty = await desk(storePath());
    expect(privately(await empty.ask('/write corpus:x'))).toMatch(
      /have commands of their own: \/bible, \/plato, and \/dialogues/,
    );
    expect(privately(await empty.ask('/whose text:x'))).toMatch(/No network has learned anything/);
  });

  test('says that nothing was compared where the text is not on this machine', async () => {
    const path = stocked();
    addNetwork(path, 'plato', 'A! ');
    const { ask } = await desk(path);
    expect(publicly(await ask('/plato')).text).toMatch(
      /not checked against the book: the text of Plato's Republic is not on this machine$/,
    );
  });

  test('that quotes is told with its reference from thirty characters on', async () => {
    const { assembly } = await desk(stocked());
    const { library } = assembly.services;
    const quote = await library.quote('bible', ' xx For God so loved the world, that he gaveth');
    const text = await library.text('bible');
    if (!text || !quote || quote === 'unknown') throw new Error('no quote');
    const reference = text.passages.findIndex((piece) => piece.startsWith('John 3:16 '));
    expect(quote).toMatchObject({ at: 4, length: 'For God so loved the world, that he'.length });
    expect(bible.passage.cite(text.passages, reference, 'en')).toBe('John 3:16');
  });
});

describe('the buttons under a text', () => {
  test('write again, go on from where it ended, and take it away', async () => {
    const { ask, press } = await desk(stocked());
    const first = publicly(await ask('/bible seed:Henrique'));
    const again = publicly(await press(buttonOf(first, 'again'), { user: 'another' }));
    expect(again.text).toMatch(/^\*\*Henrique\*\*/);
    expect(again.text).not.toBe(first.text);
    const further = publicly(await press(buttonOf(again, 'continue')));
    expect(further.text).toMatch(/^… /);
    expect(publicly(await press(buttonOf(further, 'continue'))).text).toMatch(/^… /);
    expect(await press(buttonOf(first, 'delete'))).toEqual({ type: 'delete' });
  });

  test('open a form to change the seed and the temperature, and write with what it says', async () => {
    const { ask, press, fill } = await desk(stocked());
    const first = publicly(await ask('/bible seed:Henrique temperature:0.8', { locale: 'pt-BR' }));
    const form = await press(buttonOf(first, 'change'), { locale: 'pt-BR' });
    if (form.type !== 'form') throw new Error('no form');
    expect(form.title).toBe('Escrever de outro jeito');
    expect(form.fields.map(({ name, value }) => [name, value])).toEqual([
      ['seed', 'Henrique'],
      ['temperature', '0,8'],
    ]);
    const fields = { seed: ' Behold ', temperature: '1,2' };
    const second = publicly(await fill(form.id, fields, { user: 'another' }));
    expect(second.text).toMatch(/^\*\*Behold\*\*/);
    const then = await press(buttonOf(second, 'change'));
    expect(then).toMatchObject({ fields: [{ value: 'Behold' }, { value: '1.2' }] });
    const tooWild = /^`temperature` must be from 0 to 1.5\.$/;
    for (const temperature of ['1.6', '-1', 'hot', 'NaN', '1e9']) {
      expect(privately(await fill(form.id, { ...fields, temperature }))).toMatch(tooWild);
    }
    const inPortuguese = await fill(form.id, { temperature: '2' }, { locale: 'pt-BR' });
    expect(privately(inPortuguese)).toBe('`temperatura` precisa estar entre 0 e 1,5.');
    expect(privately(await fill(form.id, { seed: 'a'.repeat(301) }))).toMatch(/at most 300/);
    // What a text goes on from is not to be changed.
    const further = publicly(await press(buttonOf(second, 'continue')));
    const last = await press(buttonOf(further, 'change'));
    expect(last).toMatchObject({ fields: [{ name: 'temperature' }] });
    expect(publicly(await fill(form.id, { temperature: '' })).text).toMatch(/^\*\*Henrique\*\*/);
    for (const forged of ['change:17', 'change:', 'change']) {
      expect(privately(await fill(forged, fields))).toMatch(/no longer have this text/);
    }
    expect(privately(await fill('explode:1', fields))).toBe("I don't know this form any more.");
    expect(privately(await fill(form.id, fields, { channel: 'another' }))).toMatch(/no longer/);
  });

  test('delete for who asked and for moderators, for nobody else', async () => {
    const { ask, press } = await desk(stocked());
    const button = buttonOf(publicly(await ask('/bible', { user: 'one' })), 'delete');
    expect(privately(await press(button, { user: 'two' }))).toMatch(/Only the person who asked/);
    expect(await press(button, { user: 'two', moderates: true })).toEqual({ type: 'delete' });
  });

  test('delete what is kept of the text too, and the message of one that is not kept any more', async () => {
    const path = stocked();
    const { ask, press, assembly } = await desk(path);
    const button = buttonOf(publicly(await ask('/bible', { user: 'one' })), 'delete');
    await assembly.services.exchanges.settled();
    expect(await press(button, { user: 'one' })).toEqual({ type: 'delete' });
    expect(inStore(path, (store) => store.rows('SELECT * FROM exchanges'))).toEqual([]);
    // From now on its message alone knows who asked.
    expect(privately(await press(button, { user: 'two', messageAsker: 'one' }))).toMatch(/Only/);
    expect(await press(button, { user: 'one', messageAsker: 'one' })).toEqual({ type: 'delete' });
  });

  test('show what the book really says, where the reference of an invented text exists', async () => {
    const { ask, press } = await desk(stocked());
    const reply = publicly(await ask('/bible', { options: { seed: 'John 3:16' } }));
    expect(reply.text).toMatch(/^\*\*John 3:16\*\* \(invented\)/);
    const button = reply.buttons?.find(({ label }) => label === 'What it really says');
    expect(privately(await press(button?.id ?? ''))).toMatch(
      /^For God so loved the world, [\s\S]*\n-# John 3:16 · King James Bible$/,
    );
    expect(privately(await press(button?.id ?? '', { locale: 'pt-BR' }))).toMatch(
      /\n-# João 3:16 · Bíblia King James$/,
    );
    const none = publicly(await ask('/bible', { options: { seed: 'John 99:16' } }));
    expect(none.text).toMatch(/^\*\*John 99:16\*\* \(invented\)/);
    for (const forged of ['really:bible:31102', 'really:signs:0', 'really:bible:x', 'really:']) {
      expect(privately(await press(forged))).toMatch(/no longer have/);
    }
  });

  test('under a text in Portuguese, whose references are in Portuguese, given and invented', async () => {
    const { ask, press } = await desk(stocked());
    const asking = { locale: 'pt-BR', options: { seed: 'João 3:16', verses: 1 } } as const;
    const reply = publicly(await ask('/bible', asking));
    expect(reply.text).toMatch(/^\*\*João 3:16\*\* \(inventado\)/);
    expect(reply.text).not.toMatch(/leu|não conhece/);
    const button = reply.buttons?.find(({ label }) => label === 'O que está escrito de verdade');
    expect(privately(await press(button?.id ?? ''))).toMatch(/^For God so loved the world, /);
  });

  test('work after a restart, for thirty days, and then say so', async () => {
    const path = stocked();
    const before = await desk(path);
    const button = buttonOf(publicly(await before.ask('/bible seed:Henrique')), 'again');
    await before.assembly.close();
    const after = await desk(path);
    after.time.ahead = keptFor - 60_000;
    expect(publicly(await after.press(button)).text).toMatch(/^\*\*Henrique\*\*/);
    after.time.ahead = keptFor + 60_000;
    expect(privately(await after.press(button))).toBe(
      'I no longer have this text: I keep each for thirty days, unless it is deleted before that.',
    );
  });

  test('that are forged, or of another channel, do nothing', async () => {
    const { ask, press } = await desk(stocked());
    const button = buttonOf(
      publicly(await ask('/bible seed:secret', { guild: null, channel: 'DM' })),
      'again',
    );
    const forgotten = /I no longer have this text/;
    expect(privately(await press(button))).toMatch(forgotten);
    expect(privately(await press('again:17'))).toMatch(forgotten);
    expect(privately(await press("delete:x' OR 1=1 --"))).toMatch(forgotten);
    expect(privately(await press('explode:1'))).toMatch(/don't know this button/);
  });
});

describe('what serves', () => {
  test('is a new network from the next request on', async () => {
    const path = stocked();
    const { ask } = await desk(path);
    expect(publicly(await ask('/bible')).text).toContain('run 1)');
    const run = addNetwork(path, 'bible', habit);
    expect(publicly(await ask('/bible')).text).toContain(`run ${run})`);
    expect(publicly(await ask('/bible model:1')).text).toContain('run 1)');
  });

  test('stays what it was when a new network cannot be loaded', async () => {
    const path = stocked();
    const { ask, logged } = await desk(path);
    await ask('/bible');
    const run = addNetwork(path, 'bible', habit);
    const database = new Database(path);
    database.exec(
      `UPDATE tensors SET data = x'00' WHERE checkpoint IN (SELECT id FROM checkpoints WHERE run = ${run})`,
    );
    database.close();
    expect(publicly(await ask('/bible')).text).toContain('run 1)');
    expect(publicly(await ask('/bible')).text).toContain('run 1)');
    expect(logged.filter((line) => line.includes('could not be loaded'))).toHaveLength(1);
  });

  test('is nothing more when its run is deleted, which is said', async () => {
    const path = stocked();
    const { ask } = await desk(path);
    await ask('/bible');
    inStore(path, (store) => deleteRun(store, 1, Date.now()));
    expect(privately(await ask('/bible'))).toMatch(/No network has learned the King James Bible/);
  });
});

test('an answer does not wait for a store that another process holds; the text is written down later', async () => {
  const path = stocked();
  const { ask, press, assembly } = await desk(path);
  await assembly.warmUp();
  const holder = new Database(path);
  holder.exec('BEGIN IMMEDIATE');
  const reply = publicly(await ask('/bible seed:Henrique'));
  const again = publicly(await press(buttonOf(reply, 'again')));
  const rows = () => holder.prepare('SELECT count(*) AS rows FROM exchanges').get();
  expect([again.text.startsWith('**Henrique**'), rows()]).toEqual([true, { rows: 0 }]);
  holder.exec('COMMIT');
  await assembly.services.exchanges.settled();
  expect(rows()).toEqual({ rows: 2 });
  holder.close();
});
