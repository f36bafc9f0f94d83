import { describe, expect, test } from 'vitest';
import type { RawOptions } from '../../../bot/core/request.ts';
import { createScheduler } from '../../../bot/daily/create-scheduler.ts';
import { bookOn, placeForDay } from '../../../bot/daily/daily-text.ts';
import { nextOccurrence } from '../../../bot/daily/local-time.ts';
import { titleOf } from '../../../bot/library/texts.ts';
import { wordsFor } from '../../../bot/words/words.ts';
import { claimPost, confirmPost, openClaims, skipDay } from '../../../src/store/posts.ts';
import { findSchedule } from '../../../src/store/schedules.ts';
import { firstOf } from '../../store/schedule-wish.ts';
import { type Desk, desk, privately } from '../support/desk.ts';
import { addNetwork, inStore, storePath } from '../support/networks.ts';

const channel = { id: '4711', name: 'verses', kind: 'text', missing: [] } as const;
const wish: RawOptions = { channel, time: '8:30', timezone: 'america/sao_paulo', kind: 'written' };

async function set({ ask }: Desk, more: RawOptions = {}): Promise<string> {
  return privately(await ask('/daily set', { options: { ...wish, ...more } }));
}

function stocked(): string {
  const path = storePath();
  addNetwork(path, 'bible', 'ab.\n ');
  return path;
}

describe('/daily', () => {
  test('is set, shown, paused, resumed and removed', async () => {
    const path = stocked();
    const made = await desk(path);
    const say = async (line: string) => privately(await made.ask(line));
    expect(await say('/daily show')).toMatch(/There is no daily post here yet/);
    const next = () => {
      const schedule = inStore(path, (store) => findSchedule(store, firstOf('G')));
      return `<t:${(schedule?.next.due ?? 0) / 1000}:f>`;
    };
    expect(await set(made)).toBe(
      `From now on I'll post in <#4711> every day at 08:30 (America/Sao_Paulo). Next post: ${next()} (your time).`,
    );
    expect(await say('/daily show')).toBe(
      [
        'Every day at 08:30 (America/Sao_Paulo) in <#4711>: Bible, invented by the network.',
        `Next: ${next()} (your time)`,
        'Last: none yet',
        'Last error: none',
      ].join('\n'),
    );
    expect(await say('/daily pause')).toMatch(/I won't post until/);
    expect(await say('/daily show')).toMatch(/Paused: use `\/daily resume`/);
    expect(await say('/daily resume')).toBe(`Resumed. Next post: ${next()} (your time).`);
    expect(await say('/daily remove')).toMatch(/settings are deleted/);
    for (const line of [
      '/daily show',
      '/daily pause',
      '/daily resume',
      '/daily remove',
      '/daily now',
    ]) {
      expect(await say(line)).toMatch(/There is no daily post here yet/);
    }
  });

  test('set anew on a day that was posted for goes on with the next', async () => {
    const path = stocked();
    const made = await desk(path);
    await set(made);
    const posted = inStore(path, (store) => {
      const schedule = findSchedule(store, firstOf('G'));
      if (!schedule) throw new Error('no schedule');
      const after = nextOccurrence(schedule, schedule.next.due, schedule.next.day);
      claimPost(store, schedule, { text: 'one', nonce: '1' }, after, Date.now());
      for (const claim of openClaims(store))
        confirmPost(store, claim, { message: '99' }, Date.now());
      return schedule.next.day;
    });
    await made.ask('/daily remove');
    await set(made, { time: '23:59' });
    const next = inStore(path, (store) => findSchedule(store, firstOf('G'))?.next.day ?? '');
    expect(next > posted).toBe(true);
    expect(privately(await made.ask('/daily show'))).toMatch(
      /Last: <t:\d+:f>, https:\/\/discord\.com\/channels\/G\/4711\/99/,
    );
  });

  test('works for whom the server lets use it, and not in private messages', async () => {
    const { ask } = await desk(stocked());
    expect(privately(await ask('/daily show'))).toMatch(/There is no daily post here yet/);
    expect(privately(await ask('/daily show', { guild: null }))).toMatch(/only works in servers/);
  });

  test('is refused, with the remedy, where it could not be kept', async () => {
    const made = await desk(stocked());
    expect(await set(made, { time: '25:00' })).toMatch(/"25:00" is not a valid time/);
    expect(await set(made, { timezone: 'Mars/*x*' })).toMatch(/the time zone "Mars\/\\\*x\\\*"/);
    const quiet = { ...channel, missing: ['send-messages', 'read-message-history'] as const };
    expect(await set(made, { channel: quiet })).toBe(
      'I can\'t post in <#4711>: I\'m missing "Send Messages" and "Read Message History" there. Grant it and try again.',
    );
    expect(await set(made, { book: 'plato' })).toMatch(/No network has learned Plato's Republic/);
    expect(await set(made, { book: 'plato', kind: 'real' })).toMatch(/escriba corpus fetch plato/);
    expect(await set(made, { book: 'turns', kind: 'real' })).toMatch(/escriba corpus fetch plato/);
    expect(privately(await made.ask('/daily show'))).toMatch(/There is no daily post/);
  });

  test('has several schedules: the one of a channel is set anew, and each is named by its number', async () => {
    const path = stocked();
    const made = await desk(path);
    const say = async (line: string) => privately(await made.ask(line));
    const other = { ...channel, id: '4712' };
    await set(made);
    expect(await set(made, { channel: other, days: 'seg a sex' })).toMatch(
      /^From now on I'll post in <#4712> on weekdays at 08:30 .*\nThis is daily post 2; this server has 2\.$/,
    );
    await set(made, { channel: other, days: 'sat, sun' });
    expect(await set(made, { channel: other, schedule: 'new' })).toMatch(/this server has 3\.$/);
    expect(await set(made, { channel: other })).toBe(
      [
        'Which one? Name it with `schedule:` and its number.',
        '- 2: Bible, on weekends at 08:30',
        '- 3: Bible, every day at 08:30',
      ].join('\n'),
    );
    expect(await set(made, { channel: other, schedule: '3', time: '20:00' })).toMatch(/at 20:00/);
    expect(await say('/daily pause')).toMatch(
      /^Which one\?.*\n- 1: Bible, every day at 08:30\n- 2/,
    );
    expect(await say('/daily pause schedule:2')).toBe(
      "Paused. I won't post until `/daily resume`.",
    );
    expect(await say('/daily pause schedule:all')).toMatch(/^Paused: 3 daily posts\./);
    expect(await say('/daily remove schedule:1')).toMatch(/settings are deleted/);
    expect(await say('/daily remove schedule:1')).toMatch(/no daily post "1" here/);
    expect(await say('/daily show')).toMatch(
      /^\*\*Daily post 2\*\*\nOn weekends at 08:30 .*\nPaused[\s\S]*\n\n\*\*Daily post 3\*\*/,
    );
  });

  test('mentions a role, publishes and shows a picture where it is asked for, and says what that needs', async () => {
    const made = await desk(stocked());
    const news = { ...channel, kind: 'announcement' } as const;
    const role = { id: '77', name: 'readers', mentionable: false };
    expect(await set(made, { publish: 'yes' })).toMatch(/<#4711> is not an announcement channel/);
    expect(await set(made, { role: { ...role, id: 'G' } })).toMatch(/I don't mention everyone/);
    expect(await set(made, { days: 'someday' })).toMatch(/"someday" names no days/);
    const noFiles = { ...news, missing: ['attach-files'] as const };
    expect(await set(made, { channel: noFiles, look: 'card' })).toMatch(/missing "Attach Files"/);
    const thread = { ...channel, kind: 'thread', missing: ['send-messages-in-threads'] } as const;
    expect(await set(made, { channel: thread })).toMatch(/"Send Messages in Threads"/);
    const all = { channel: news, role, publish: 'yes', look: 'card', kind: 'real' };
    expect(await set(made, all)).toMatch(/The mention of <@&77> notifies people only if/);
    expect(privately(await made.ask('/daily show'))).toMatch(
      /in <#4711>: Bible, real, from the book itself, as a picture, mentioning <@&77>, published to followers\.\n/,
    );
    await made.ask('/daily now');
    const [now] = made.posted.map(({ message }) => message);
    expect(now?.text).toMatch(/^\*\*A verse\*\*\n-# [\w ]+ \d+:\d+ · King James Bible$/);
    expect(now?.picture?.alt).toMatch(/^A verse: .+ \([\w ]+ \d+:\d+ · King James Bible\)$/);
    expect(now?.mention).toBeUndefined();
  });

  test('completes time zones by their city', async () => {
    const { assembly } = await desk(stocked());
    const offer = (text: string) =>
      assembly.dispatcher.complete({
        type: 'completion',
        command: 'daily',
        subcommand: 'set',
        focused: 'timezone',
        text,
        options: {},
        id: '1',
        locale: 'en',
        asker: { userId: '1', mayManageServer: false, mayManageMessages: false },
        place: { guildId: 'G', channelId: 'C', isInstalled: true, language: null },
      });
    expect((await offer('são pau'))[0]).toEqual({
      name: 'America/Sao Paulo (Brazil)',
      value: 'America/Sao_Paulo',
    });
    expect((await offer('Berl'))[0]?.value).toBe('Europe/Berlin');
    expect(await offer('nowhere')).toEqual([]);
  });

  test('posts one now: a real verse with its reference, or a written one that says so', async () => {
    const made = await desk(stocked());
    await set(made, { kind: 'real' });
    expect(privately(await made.ask('/daily now'))).toMatch(/^Posted in <#4711>/);
    await set(made);
    await made.ask('/daily now');
    expect(made.posted.map(({ channel: where }) => where)).toEqual(['4711', '4711']);
    const [real, written] = made.posted.map(({ message }) => message.text);
    expect(real).toMatch(/^\*\*A verse\*\*\n.+[.?!]\S{0,3}\n-# [\w ]+ \d+:\d+ · King James Bible$/);
    expect(written).toMatch(
      /^\*\*A verse \(invented\)\*\*\n[\s\S]*\n-# Invented by a neural network, not Scripture \(/,
    );
    expect(new Set(made.posted.map(({ nonce }) => nonce)).size).toBe(2);
  });

  test('says what Discord said when it does not take a post', async () => {
    const refused = await desk(stocked(), {
      outcome: { type: 'refused', why: 'other', reason: 'Missing *Access*' },
    });
    await set(refused);
    expect(privately(await refused.ask('/daily now'))).toBe(
      'Discord refused the post in <#4711>: Missing \\*Access\\*',
    );
    const unsure = await desk(stocked(), { outcome: { type: 'unsure', reason: 'no answer' } });
    await set(unsure);
    expect(privately(await unsure.ask('/daily now'))).toMatch(/it may have been posted/);
  });
});

describe('/daily show says why nothing came', () => {
  /** A schedule whose time came a second ago, with what posts for it. */
  async function due() {
    const path = stocked();
    const made = await desk(path);
    await set(made);
    const { assembly, posted, logged, time } = made;
    const schedule = inStore(path, (store) => findSchedule(store, firstOf('G')));
    if (!schedule) throw new Error('no schedule');
    time.ahead = schedule.next.due - Date.now() + 1_000;
    const { services } = assembly;
    const log = { info() {}, warn() {}, error: (_: object, line: string) => logged.push(line) };
    const poster = services.poster();
    const scheduler = createScheduler(services, poster, log, () => String(posted.length));
    const show = async () => privately(await made.ask('/daily show'));
    return { path, made, schedule, scheduler, logged, time, show };
  }
  const sixHours = 6 * 60 * 60_000;

  test('its text could not be written, for six hours', async () => {
    const { path, schedule, scheduler, logged, time, show } = await due();
    inStore(path, (store) => store.write("UPDATE tensors SET data = x'00'"));
    await scheduler.tick();
    await expect.poll(() => logged).toContain('The text of a daily post could not be written.');
    expect(await show()).toContain(
      `Next: it was due <t:${schedule.next.due / 1000}:f>; I'll post it as`,
    );
    time.ahead += sixHours;
    await scheduler.tick();
    await expect
      .poll(show)
      .toMatch(/there was nothing to post: its text could not be written; my log says why$/);
    expect(await show()).toMatch(/Next: <t:/);
  });

  test('the post of a day has the role, the picture and the title that were asked for', async () => {
    const { made, scheduler, time } = await due();
    const role = { id: '77', name: 'readers', mentionable: true };
    await set(made, { role, look: 'card', kind: 'real' });
    time.ahead += 24 * 60 * 60_000;
    await scheduler.tick();
    await expect.poll(() => made.posted.length, { timeout: 10_000 }).toBe(1);
    const [post] = made.posted.map(({ message }) => message);
    expect(post?.text).toMatch(/^<@&77>\n\*\*Verse of the day\*\* · \w+ \d+, \d{4}\n-# /);
    expect(post?.mention).toBe('77');
    expect(post?.title).toMatch(/^Verse of the day · \w+ \d+, \d{4}$/);
    expect(post?.picture?.alt).toMatch(/^Verse of the day, \w+ \d+, \d{4}: /);
  });

  test('the schedule was paused while the bot was interrupted', async () => {
    const { path, made, schedule, scheduler, time, show } = await due();
    inStore(path, (store) => {
      const after = nextOccurrence(schedule, schedule.next.due, schedule.next.day);
      claimPost(store, schedule, { text: 'a', nonce: '1' }, after, schedule.next.due);
    });
    await made.ask('/daily pause');
    time.ahead += 8 * 60_000;
    await scheduler.tick();
    await expect.poll(show).toMatch(/I was interrupted, and then the schedule had changed$/);
    expect(made.posted).toEqual([]);
  });

  test('what is missing, with the whole remedy', async () => {
    const { path, schedule, show } = await due();
    const detail = wordsFor('en').refusals.noText(titleOf('plato', wordsFor('en')), 'plato');
    inStore(path, (store) => {
      const after = nextOccurrence(schedule, schedule.next.due, schedule.next.day);
      skipDay(store, schedule, { reason: 'failed', detail }, after, Date.now());
    });
    expect(await show()).toMatch(/`escriba corpus fetch plato`\.$/);
  });
});

test('a day of a server has its own passage, and none comes again before all the others', () => {
  const places = Array.from({ length: 400 }, (_, place) => place);
  const day = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
  const year = (label: string) =>
    Array.from({ length: 400 }, (_, number) => placeForDay(places, label, day(20_000 + number)));
  expect(new Set(year('G bible')).size).toBe(400);
  expect(year('G bible')).toEqual(year('G bible'));
  expect(year('H bible')).not.toEqual(year('G bible'));
});

test('two books in turn change every day', () => {
  const days = ['2026-01-31', '2026-02-01', '2026-02-02'].map((day) => bookOn('turns', day));
  expect(days[0]).not.toBe(days[1]);
  expect(days[0]).toBe(days[2]);
});
