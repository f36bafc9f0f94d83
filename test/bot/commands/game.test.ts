import { expect, test } from 'vitest';
import type { MessageReply } from '../../../bot/core/reply.ts';
import { isCopied } from '../../../bot/library/real-and-invented.ts';
import { listScores } from '../../../src/store/rounds.ts';
import { type Desk, desk, privately, publicly } from '../support/desk.ts';
import { addNetwork, inStore, storePath } from '../support/networks.ts';

const minute = 60_000;

/** A table at which a network of the Bible plays. */
async function table() {
  const path = storePath();
  addNetwork(path, 'bible', 'eta. ');
  return { path, ...(await desk(path)) };
}

/** The message of a round in its parts. */
function readRound({ text, buttons = [] }: MessageReply) {
  const [, first = '', second = ''] = /\n\n\*\*1\*\* (.*)\n\n\*\*2\*\* (.*)\n\n/.exec(text) ?? [];
  // What that network writes has few letters.
  const invented = (each: string) => /^[eta .]+$/.test(each.replaceAll('\\', ''));
  const real = invented(first) ? 2 : 1;
  return {
    ...{ first, second, real, other: 3 - real },
    vote: (choice: number) => buttons[choice - 1]?.id ?? '',
  };
}

/** The message as it is once the answer is told. */
async function told(round: MessageReply) {
  const message = await round.later?.(AbortSignal.abort());
  if (!message) throw new Error('nothing is told');
  return message;
}

/** What a press of a button makes of the message that it is under. */
async function updated(pressed: ReturnType<Desk['press']>): Promise<string> {
  const reply = await pressed;
  if (reply.type !== 'update') throw new Error(`no update: ${JSON.stringify(reply)}`);
  return reply.text;
}

test('a round shows two of a length and not which is real; who chooses is told at once, everybody a minute later', async () => {
  const { ask, press, path } = await table();
  const message = publicly(await ask('/game play', { user: 'a' }));
  const { first, second, real, other, vote } = readRound(message);
  expect(message.text).toMatch(/^\*\*Real or invented\?\*\* · King James Bible\n/);
  expect(message.text).toMatch(/a neural network invented the other/);
  expect(message.text).not.toMatch(/\d:\d/);
  expect(message.buttons?.map(({ label }) => label)).toEqual(['1 is real', '2 is real']);
  const texts = ['', first, second];
  expect(texts[real]).toMatch(/[b-df-su-z]/);
  expect(texts[other]).toMatch(/^[eta .\\]+$/);
  const [length, invented] = [texts[real]?.length ?? 0, texts[other]?.length ?? 0];
  expect(Math.abs(length - invented)).toBeLessThanOrEqual(invented / 4);
  const right = privately(await press(vote(real), { user: 'a' }));
  expect(right).toMatch(
    new RegExp(
      `^\\*\\*Right!\\*\\* ${real} is real: .+ \\d+:\\d+\\. .+ not Scripture\\.\n-# How much`,
    ),
  );
  expect(right).toMatch(/1 by \d\.\d\d and 2 by \d\.\d\d bits per character|1 by .* and 2 by /);
  expect(privately(await press(vote(other), { user: 'b', locale: 'pt-BR' }))).toMatch(
    new RegExp(`^\\*\\*Errou!\\*\\* O real é o ${real}: `),
  );
  expect(privately(await press(vote(real), { user: 'b' }))).toBe(
    `You have already chosen ${other}. The answer comes in a moment.`,
  );
  const { text, buttons = [] } = await told(message);
  expect(text).toMatch(/^-# \*\*Real\*\*: .+ \d+:\d+ · \d+\.\d\d bits per character$/m);
  expect(text).toMatch(
    /^-# Invented by a neural network, not Scripture \(LSTM 1 × 8, run 1\) · \d+\.\d\d bits per character$/m,
  );
  expect(text).toMatch(/Got it right: <@a>\. Fooled: <@b>\.$/);
  expect(buttons.map(({ label }) => label)).toEqual(['Another round', 'Delete']);
  expect(inStore(path, (store) => listScores(store, 'G'))).toEqual([
    { player: 'a', played: 1, won: 1 },
    { player: 'b', played: 1, won: 0 },
  ]);
  const [another] = buttons;
  expect(readRound(publicly(await press(another?.id ?? ''))).first).not.toBe('');
});

test('a round goes on after a restart, and pressed when its time is over its message tells; outside servers a choice tells', async () => {
  const { ask, press, path } = await table();
  const message = publicly(await ask('/game play'));
  const { real, vote } = readRound(message);
  const later = await desk(path);
  privately(await later.press(vote(real), { user: 'a' }));
  later.time.ahead = minute + 1;
  const text = await updated(later.press(vote(real), { user: 'b' }));
  expect(text).toMatch(/Got it right: <@a>\.$/);
  expect(privately(await later.press(vote(real), { channel: 'another' }))).toMatch(/no longer/);
  expect(privately(await later.press('vote:x:3'))).toMatch(/no longer/);

  // Outside servers a choice tells everybody, and no score is kept.
  const own = publicly(await ask('/jogo jogar', { guild: null, locale: 'pt-BR' }));
  const { real: ownReal, vote: ownVote } = readRound(own);
  const alone = await updated(press(ownVote(ownReal), { guild: null, user: 'a' }));
  expect(alone).toMatch(/Quem acertou: <@a>\.$/);
  expect(alone).toMatch(/Inventado por uma rede neural, não é da Bíblia/);
  expect(inStore(path, (store) => store.rows('SELECT player FROM scores'))).toEqual([
    { player: 'a' },
  ]);
  expect(privately(await ask('/game scores', { guild: null }))).toMatch(/servers/);
});

test('the scores of a server name who saw through most, and whoever asks', async () => {
  const { ask, path } = await table();
  expect(privately(await ask('/game scores'))).toMatch(/^Nobody has played/);
  inStore(path, (store) => {
    store.write("INSERT INTO guilds (id, since) VALUES ('G', 0), ('H', 0)");
    for (let player = 1; player <= 12; player++) {
      store.write('INSERT INTO scores VALUES (@guild, @player, 20, @won)', {
        ...{ guild: 'G', player: `p${player}`, won: player },
      });
    }
    store.write("INSERT INTO scores VALUES ('H', 'elsewhere', 9, 9)");
  });
  const { text } = publicly(await ask('/game scores', { user: 'p1' }));
  expect(text.split('\n')).toEqual([
    '**Real or invented? The scores of this server**',
    ...Array.from({ length: 10 }, (_, at) => `${at + 1}. <@p${12 - at}>: ${12 - at} of 20`),
    '…',
    '12. <@p1>: 1 of 20',
  ]);
});

test('what is kept of a player is given out and deleted, and nothing of the others', async () => {
  const { ask, press, path } = await table();
  const { vote } = readRound(publicly(await ask('/game play', { user: 'b' })));
  await press(vote(1), { user: 'a' });
  await press(vote(2), { user: 'b' });
  const reply = await ask('/privacy export', { user: 'a' });
  expect(privately(reply)).toBe('Everything I keep about you: your games and your scores.');
  if (reply.type !== 'message' || !reply.file) throw new Error('no file');
  expect(JSON.parse(new TextDecoder().decode(reply.file.data))).toMatchObject({
    texts: [],
    rounds: [],
    votes: [{ choice: 1 }],
    scores: [{ guild: 'G', played: 1 }],
  });
  expect(privately(await ask('/privacy delete', { user: 'a' }))).toBe(
    'Deleted: your games and your scores.',
  );
  expect(privately(await ask('/privacy export', { user: 'a' }))).toBe('I keep nothing about you.');
  expect(inStore(path, (store) => store.rows('SELECT player FROM votes'))).toEqual([
    { player: 'b' },
  ]);
  expect(inStore(path, (store) => store.rows('SELECT player FROM scores'))).toEqual([
    { player: 'b' },
  ]);
});

test('what is given out of a round tells its answer only once that is told to all', async () => {
  const { ask, time } = await table();
  const { first, second } = readRound(publicly(await ask('/game play', { user: 'a' })));
  const given = async () => {
    const reply = await ask('/privacy export', { user: 'a' });
    if (reply.type !== 'message' || !reply.file) throw new Error('no file');
    return JSON.parse(new TextDecoder().decode(reply.file.data)).rounds;
  };
  const common = ['asker', 'channel', 'corpus', 'created', 'ends', 'guild', 'id', 'locale'];
  const [open] = await given();
  expect(Object.keys(open).sort()).toEqual([...common, 'network', 'run', 'texts']);
  const shown = [first, second].map((text) => text.replaceAll(/[\\*]/g, ''));
  expect(open.texts.map((text: string) => text.replaceAll(/[[\]]/g, ''))).toEqual(
    shown.map((text) => text.replaceAll(/[[\]]/g, '')),
  );
  time.ahead = minute + 1;
  const [over] = await given();
  expect([over.real, over.invented]).toEqual(expect.arrayContaining(open.texts));
  expect(Object.keys(over)).toContain('realFirst');
});

test('what has a long piece of the book, or half of itself, is not called invented', () => {
  const text = 'And he said unto them that were afar off, Come.';
  expect([0, 23, 24, 30].map((length) => isCopied(text, length))).toEqual([
    ...[false, false, true, true],
  ]);
  expect([29, 30].map((length) => isCopied(text.repeat(4), length))).toEqual([false, true]);
});

test('without a network or a text there is no round', async () => {
  const { ask } = await desk(storePath());
  expect(privately(await ask('/game play'))).toMatch(/^No network has learned/);
  expect(privately(await ask('/game play book:plato'))).toMatch(/escriba corpus fetch plato/);
});
