import { describe, expect, test } from 'vitest';
import { textForDay } from '../../../bot/daily/daily-text.ts';
import { passes } from '../../../bot/library/word-filter.ts';
import { bible } from '../../../data/bible.ts';
import { forgetGuild } from '../../../src/store/guilds.ts';
import { readSettings, usualSettings } from '../../../src/store/settings.ts';
import { usualSchedule } from '../../store/schedule-wish.ts';
import { type Desk, desk, privately, publicly } from '../support/desk.ts';
import { addNetwork, inStore, storePath } from '../support/networks.ts';

const manager = { manages: true };

async function stocked(): Promise<Desk & { readonly path: string }> {
  const path = storePath();
  addNetwork(path, 'bible', 'ab.\n ');
  addNetwork(path, 'letters', 'a\n');
  return { ...(await desk(path)), path };
}

describe('/settings', () => {
  test('are set one by one, shown, and go back to what is usual', async () => {
    const { ask } = await stocked();
    const usual = [
      "- Language: each person's own, since this server has set none in Discord",
      '- Texts: all',
      '- Cooldown: only the general limit',
      '- Word filter: off',
      '- Note under an invented text: in full (the network, its figure, what it copied)',
    ].join('\n');
    expect(privately(await ask('/settings show'))).toBe(usual);
    await ask('/settings set language:pt-BR texts:Bible, letters');
    expect(privately(await ask('/settings set cooldown:30 words:plum, pear sign:short'))).toBe(
      [
        '**Saved. The settings of this server:**',
        '- Language: português',
        '- Texts: Bible and letters',
        '- Cooldown: each person waits 30 seconds between two texts',
        '- Word filter: on, with the standard list and ||plum, pear||',
        '- Note under an invented text: short (what it copied)',
      ].join('\n'),
    );
    expect(privately(await ask('/settings reset'))).toBe(
      `**Back to the default settings:**\n${usual}`,
    );
    expect(privately(await ask('/settings set texts:Koran'))).toMatch(/no text called "Koran"/);
    expect(privately(await ask('/settings show', { guild: null }))).toMatch(
      /only works in servers/,
    );
  });

  test('complete several texts, one after the other', async () => {
    const { assembly } = await stocked();
    const offered = await assembly.dispatcher.complete({
      ...{ type: 'completion', command: 'settings', subcommand: 'set', focused: 'texts' },
      ...{ text: 'letters, king', options: {}, id: '1', locale: 'en' },
      asker: { userId: '1', mayManageServer: true, mayManageMessages: false },
      place: { guildId: 'G', channelId: 'C', isInstalled: true, language: null },
    });
    expect(offered).toEqual([{ name: 'letters, King James Bible', value: 'letters, bible' }]);
  });

  test('go with the server, and when who may manage it deletes all that is kept of it', async () => {
    const { ask, path } = await stocked();
    const set = () => ask('/settings set sign:shortest');
    const kept = () => inStore(path, (store) => readSettings(store, 'G'));
    await set();
    inStore(path, (store) => forgetGuild(store, 'G'));
    expect(kept()).toEqual(usualSettings);
    await set();
    publicly(await ask('/write corpus:letters'));
    expect(privately(await ask('/privacy delete what:server'))).toMatch(
      /Only those who may manage/,
    );
    expect(kept().sign).toBe('shortest');
    expect(privately(await ask('/privacy delete what:server', manager))).toMatch(
      /^Deleted: the settings of this server, its daily posts, its scores, and all texts/,
    );
    expect(kept()).toEqual(usualSettings);
    expect(inStore(path, (store) => store.rows('SELECT id FROM exchanges'))).toEqual([]);
  });
});

describe('the language', () => {
  test('of answers that everybody sees is that of a community, else the one chosen; the asker alone is answered in theirs', async () => {
    const { ask } = await stocked();
    const invented = async (asking: object) =>
      publicly(await ask('/write corpus:letters', asking)).text;
    expect(await invented({ locale: 'pt-BR' })).toMatch(/Inventado por/);
    expect(await invented({ serverLanguage: 'pt-BR' })).toMatch(/Inventado por/);
    await ask('/settings set language:asker');
    expect(await invented({ serverLanguage: 'pt-BR' })).toMatch(/Invented by/);
    await ask('/settings set language:en');
    expect(await invented({ locale: 'pt-BR', serverLanguage: 'pt-BR' })).toMatch(/Invented by/);
    expect(privately(await ask('/settings show', { locale: 'pt-BR' }))).toMatch(
      /^- Idioma: English/,
    );
  });

  test('of daily posts is the one chosen since they were set', async () => {
    const { ask, assembly } = await stocked();
    const wish = {
      ...usualSchedule,
      guild: 'G',
      book: 'bible',
      kind: 'real',
      locale: 'en',
    } as const;
    const heading = async () => {
      const made = await textForDay(wish, '2026-05-01', assembly.services);
      return 'text' in made ? made.text.split('\n')[0] : made.nothing;
    };
    expect(await heading()).toBe('**Verse of the day** · May 1, 2026');
    await ask('/settings set language:pt-BR');
    expect(await heading()).toBe('**Versículo do dia** · 1 de maio de 2026');
  });
});

test('a value that a setting cannot have is answered with those that it can, in the language of who asks', async () => {
  const { ask } = await stocked();
  expect(privately(await ask('/settings set language:Portuguese'))).toBe(
    "`language` can be one of these: `server` (the language of this server in Discord); `en` (English); `pt-BR` (Português do Brasil); `asker` (each person's own).",
  );
  expect(privately(await ask('/ajustes definir filtro:talvez', { locale: 'pt-BR' }))).toBe(
    '`filtro` pode ser um destes: `on` (ligado); `off` (desligado).',
  );
});

test('a text that is turned off answers nowhere: no command, button, completion or daily post', async () => {
  const { ask, press, choose, assembly } = await stocked();
  const again = publicly(await ask('/bible')).buttons?.[0]?.id ?? '';
  await ask('/settings set texts:letters');
  const off = 'This server has turned the King James Bible off.';
  expect(privately(await ask('/bible'))).toBe(off);
  expect(privately(await ask('/verse John 3:16'))).toBe(off);
  expect(privately(await press(again))).toBe(off);
  expect(privately(await choose('Continue this', 'In the'))).toMatch(/No network has learned/);
  expect(publicly(await ask('/whose text:aaa')).text).not.toMatch(/King James/);
  publicly(await ask('/write corpus:letters'));
  expect(privately(await ask('/bible', { locale: 'pt-BR' }))).toBe(
    'Este servidor desligou a Bíblia King James.',
  );
  publicly(await ask('/bible', { guild: 'another' }));
  const wish = { ...usualSchedule, guild: 'G', book: 'bible', kind: 'real', locale: 'en' } as const;
  await expect(textForDay(wish, '2026-05-01', assembly.services)).rejects.toThrow(off);
});

test('a cooldown has each person wait in its server, and nowhere else', async () => {
  const { ask, time } = await stocked();
  await ask('/settings set cooldown:60');
  publicly(await ask('/write corpus:letters', { user: 'one' }));
  expect(privately(await ask('/write corpus:letters', { user: 'one' }))).toMatch(
    /^That was a lot.*<t:\d+:R>/,
  );
  publicly(await ask('/write corpus:letters', { user: 'two' }));
  publicly(await ask('/write corpus:letters', { user: 'one', guild: 'another' }));
  time.ahead += 61_000;
  publicly(await ask('/write corpus:letters', { user: 'one' }));
});

describe('the word filter', () => {
  const filtered = { ...usualSettings, filtered: true };

  test('knows a word under accents, disguises and drawn-out letters, and no part of another word', () => {
    for (const text of [
      'Fuuuuck',
      'sh1t!',
      'CARALHO',
      'que MÊRDA',
      'p\u200born',
      'kill  yourself',
    ]) {
      expect(passes(text, filtered)).toBe(false);
      expect(passes(text, usualSettings)).toBe(true);
    }
    for (const text of [
      'Scunthorpe',
      'cucumber',
      'the cock crew',
      'bastard and ass',
      'reputation',
    ]) {
      expect(passes(text, filtered)).toBe(true);
    }
    expect(passes('a Plum tree', { ...filtered, words: ['plum'] })).toBe(false);
    expect(passes('plumage', { ...filtered, words: ['plum'] })).toBe(true);
    expect(passes('plumage', { ...filtered, words: ['plum*'] })).toBe(false);
  });

  test('has no word that the Bible has', async () => {
    expect(passes((await bible.corpus()).text, filtered)).toBe(true);
  });

  test('turns seeds and messages away, and shows nobody a text with such a word', async () => {
    const { ask, choose, path } = await stocked();
    publicly(await ask('/write corpus:letters seed:plum'));
    await ask('/settings set words:plum');
    const word = 'That has a word that this server filters.';
    expect(privately(await ask('/write corpus:letters seed:Plums and a PLUM'))).toBe(word);
    expect(privately(await choose('Whose voice?', 'a plum'))).toBe(word);
    expect(privately(await ask('/verse plum'))).toBe(word);
    publicly(await ask('/write corpus:letters'));
    await ask('/settings set words:a');
    expect(privately(await ask('/write corpus:letters'))).toMatch(/^What came out has a word that/);
    expect(inStore(path, (store) => readSettings(store, 'G').words)).toEqual(['a']);
    await ask('/settings set words:none');
    publicly(await ask('/write corpus:letters'));
  });
});

test('the small print is as short as the server wants it, and says in any case that it is invented', async () => {
  const { ask } = await stocked();
  const print = async () =>
    publicly(await ask('/write corpus:letters'))
      .text.split('\n-# ')
      .at(-1);
  await ask('/settings set sign:short');
  expect(await print()).toMatch(
    /^Invented by a neural network, not from the text it learned · [^·]+$/,
  );
  await ask('/settings set sign:shortest');
  expect(await print()).toBe('Invented by a neural network, not from the text it learned');
});
