import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { claimBot, findBot } from '../../src/store/bot-heartbeat.ts';
import type { Store } from '../../src/store/database.ts';
import {
  type Exchange,
  findExchange,
  forgetExchangesBefore,
  recordExchange,
} from '../../src/store/exchanges.ts';
import { claimStore, forgetGuild, sweepGuilds } from '../../src/store/guilds.ts';
import { migrate } from '../../src/store/migrate.ts';
import { schedules } from '../../src/store/migrations/013-schedules.ts';
import { migrations } from '../../src/store/migrations/all.ts';
import { openStore } from '../../src/store/open.ts';
import {
  type Claim,
  claimPost,
  confirmPost,
  forgetPostsBefore,
  giveUpPost,
  lastDay,
  openClaims,
  renewClaim,
  settledPosts,
  skipDay,
} from '../../src/store/posts.ts';
import {
  dueSchedules,
  findSchedule,
  listSchedules,
  nextDue,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  type Schedule,
  type ScheduleWish,
  schedulesOf,
  setSchedule,
} from '../../src/store/schedules.ts';
import { noon } from './rows.ts';
import { firstOf, usualSchedule } from './schedule-wish.ts';
import { temporaryStore } from './temporary.ts';

const wish: ScheduleWish = {
  ...usualSchedule,
  guild: 'G',
  channel: 'C',
  time: '08:30',
  zone: 'America/Sao_Paulo',
  book: 'turns',
  kind: 'real',
  locale: 'pt-BR',
  setBy: 'someone',
};
const first = { day: '2026-01-02', due: noon };
const second = { day: '2026-01-03', due: noon + 86_400_000 };
const third = { day: '2026-01-04', due: noon + 2 * 86_400_000 };

function scheduled(store: Store, guild = 'G'): Schedule {
  setSchedule(store, { ...wish, guild }, first, noon - 1);
  return scheduleIn(store, guild);
}

function scheduleIn(store: Store, guild = 'G'): Schedule {
  const schedule = findSchedule(store, firstOf(guild));
  if (!schedule) throw new Error('no schedule');
  return schedule;
}

function claimOf(store: Store): Claim {
  const [claim] = openClaims(store);
  if (!claim) throw new Error('no claim');
  return claim;
}

describe('a schedule', () => {
  test('is kept as it was set, is due from its moment on, and sets itself in the place of another', () => {
    const store = temporaryStore();
    expect(scheduled(store)).toEqual({ ...wish, paused: null, refusals: 0, next: first });
    expect(nextDue(store)).toBe(noon);
    expect(dueSchedules(store, noon - 1, 10)).toEqual([]);
    expect(dueSchedules(store, noon, 10)).toHaveLength(1);
    setSchedule(store, { ...wish, channel: 'D' }, second, noon);
    expect(scheduleIn(store)).toMatchObject({ channel: 'D', next: second });
  });

  test('is listed by when it posts next, and after the others while it is paused', () => {
    const store = temporaryStore();
    for (const [guild, due] of [
      ['late', 3],
      ['paused', 1],
      ['soon', 2],
    ] as const) {
      setSchedule(store, { ...wish, guild }, { day: first.day, due: noon + due }, noon);
    }
    pauseSchedule(store, firstOf('paused'));
    const listed = (limit: number) => listSchedules(store, limit).map(({ guild }) => guild);
    expect(listed(9)).toEqual(['soon', 'late', 'paused']);
    expect(listed(1)).toEqual(['soon']);
  });

  test('is not due while it is paused, nor once it is removed', () => {
    const store = temporaryStore();
    scheduled(store);
    pauseSchedule(store, firstOf('G'));
    expect([dueSchedules(store, noon, 10), nextDue(store)]).toEqual([[], null]);
    resumeSchedule(store, firstOf('G'), second);
    expect(scheduleIn(store)).toMatchObject({ paused: null, next: second });
    removeSchedule(store, firstOf('G'));
    expect(nextDue(store)).toBeNull();
  });
});

describe('a day', () => {
  test('is claimed once, with its text, and the schedule goes on to the next', () => {
    const store = temporaryStore();
    const schedule = scheduled(store);
    expect(claimPost(store, schedule, { text: 'one', nonce: '1' }, second, noon)).toBe(true);
    expect(claimPost(store, schedule, { text: 'two', nonce: '2' }, second, noon)).toBe(false);
    expect(openClaims(store)).toEqual([
      {
        ...{ guild: 'G', number: 1, channel: 'C', ...first, text: 'one', buttons: [] },
        ...{ title: null, role: null, card: null, publish: false, nonce: '1', claimed: noon },
      },
    ]);
    expect(scheduleIn(store).next).toEqual(second);
  });

  test('is not claimed a second time by a schedule that was removed and set again', () => {
    const store = temporaryStore();
    claimPost(store, scheduled(store), { text: 'one', nonce: '1' }, second, noon);
    removeSchedule(store, firstOf('G'));
    const again = scheduled(store);
    expect(claimPost(store, again, { text: 'two', nonce: '2' }, second, noon)).toBe(false);
    expect(scheduleIn(store).next).toEqual(second);
    expect(claimOf(store).text).toBe('one');
  });

  test('is not claimed for a schedule that was changed, paused or removed meanwhile', () => {
    const store = temporaryStore();
    const claim = (schedule: Schedule) =>
      claimPost(store, schedule, { text: 'one', nonce: '1' }, second, noon);
    const schedule = scheduled(store);
    setSchedule(store, { ...wish, channel: 'D' }, first, noon);
    expect(claim(schedule)).toBe(false);
    pauseSchedule(store, firstOf('G'));
    expect(claim(scheduleIn(store))).toBe(false);
    const paused = scheduleIn(store);
    removeSchedule(store, firstOf('G'));
    expect(claim(paused)).toBe(false);
    expect(openClaims(store)).toEqual([]);
  });

  test('is taken over by one of two that find its claim open', () => {
    const store = temporaryStore();
    claimPost(store, scheduled(store), { text: 'one', nonce: '1' }, second, noon);
    const claim = claimOf(store);
    expect(renewClaim(store, claim, '2', noon + 9)).toEqual({
      ...claim,
      nonce: '2',
      claimed: noon + 9,
    });
    expect(renewClaim(store, claim, '3', noon + 9)).toBeNull();
  });

  test('once posted stays posted, whoever gives it up later', () => {
    const store = temporaryStore();
    claimPost(store, scheduled(store), { text: 'one', nonce: '1' }, second, noon);
    const claim = claimOf(store);
    confirmPost(store, claim, { message: 'M' }, noon + 5);
    giveUpPost(store, claim, { reason: 'unknown' }, noon + 6);
    expect(settledPosts(store, firstOf('G'), 9)).toEqual([
      {
        state: 'sent',
        day: first.day,
        channel: 'C',
        settled: noon + 5,
        message: 'M',
        thread: null,
      },
    ]);
  });

  test('that is skipped is told with its reason, the newest first', () => {
    const store = temporaryStore();
    skipDay(store, scheduled(store), { reason: 'missed' }, second, noon);
    skipDay(store, scheduleIn(store), { reason: 'failed', detail: 'no text' }, third, noon + 1);
    expect(settledPosts(store, firstOf('G'), 9)).toMatchObject([
      { day: second.day, reason: 'failed', detail: 'no text' },
      { day: first.day, reason: 'missed', detail: null },
    ]);
    expect(lastDay(store, firstOf('G'), second.due)).toBe(second.day);
    forgetPostsBefore(store, second.due);
    expect(settledPosts(store, firstOf('G'), 9)).toHaveLength(1);
  });

  test('refused three times in a row pauses the schedule; one that was sent between starts the count anew', () => {
    const store = temporaryStore();
    scheduled(store);
    let at = noon;
    const post = (outcome: 'refused' | 'sent'): boolean => {
      const schedule = scheduleIn(store);
      at += 86_400_000;
      const day = new Date(at).toISOString().slice(0, 10);
      claimPost(store, schedule, { text: 'one', nonce: day }, { day, due: at }, at);
      if (outcome === 'refused')
        return giveUpPost(store, claimOf(store), { reason: 'refused' }, at);
      confirmPost(store, claimOf(store), { message: 'M' }, at);
      return false;
    };
    expect((['refused', 'refused', 'sent', 'refused', 'refused'] as const).map(post)).toEqual(
      Array(5).fill(false),
    );
    expect(post('refused')).toBe(true);
    expect(scheduleIn(store).paused).toBe('refused');
    resumeSchedule(store, firstOf('G'), { day: '2027-01-01', due: at });
    expect(scheduleIn(store)).toMatchObject({ paused: null, refusals: 0 });
  });
});

test('a store of before keeps its schedules and posts, each as the first of its server', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'escriba-bot-')), 'escriba.db');
  onTestFinished(() => rmSync(dirname(path), { recursive: true }));
  const before = new Database(path);
  migrate(before, path, migrations.slice(0, migrations.indexOf(schedules)));
  before.exec(`
    INSERT INTO guilds (id, since) VALUES ('G', 1);
    INSERT INTO schedules (guild, channel, time, zone, book, kind, locale, setBy, day, due)
      VALUES ('G', 'C', '08:30', 'America/Sao_Paulo', 'turns', 'real', 'pt-BR', 'someone', '2026-01-02', ${noon});
    INSERT INTO posts (guild, day, channel, due, state, settled, message)
      VALUES ('G', '2026-01-01', 'C', 1, 'sent', 2, 'M');`);
  before.close();
  const store = openStore(path);
  onTestFinished(() => store.close());
  expect(scheduleIn(store)).toEqual({ ...wish, paused: null, refusals: 0, next: first });
  expect(settledPosts(store, firstOf('G'), 9)).toMatchObject([{ day: '2026-01-01', message: 'M' }]);
  expect(lastDay(store, firstOf('G'), noon)).toBe('2026-01-01');
});

test('a message is the post of one schedule only, where two have the same text', () => {
  const store = temporaryStore();
  for (const number of [1, 2]) {
    setSchedule(store, { ...wish, number }, first, noon - 1);
    const set = schedulesOf(store, 'G').find((each) => each.number === number);
    if (set) claimPost(store, set, { text: 'one', nonce: String(number) }, second, noon);
  }
  const confirmed = openClaims(store).map((claim) =>
    confirmPost(store, claim, { message: 'M' }, noon),
  );
  expect(confirmed).toEqual([true, false]);
  expect(openClaims(store)).toHaveLength(1);
});

describe('what is kept of a server', () => {
  const exchange: Exchange = {
    id: '17',
    guild: 'G',
    channel: 'C',
    asker: 'someone',
    corpus: 'bible',
    run: null,
    seed: 'Henrique',
    continues: false,
    amount: 2,
    temperature: 0.8,
    text: ' says',
    whole: true,
    created: noon,
  };

  test('goes with it: its schedule, its posts, the texts written there; others stay', () => {
    const store = temporaryStore();
    claimPost(store, scheduled(store), { text: 'one', nonce: '1' }, second, noon);
    scheduled(store, 'H');
    recordExchange(store, exchange);
    recordExchange(store, { ...exchange, id: '18', guild: null });
    forgetGuild(store, 'G');
    expect(findSchedule(store, firstOf('G'))).toBeUndefined();
    expect(openClaims(store)).toEqual([]);
    expect(findExchange(store, '17')).toBeUndefined();
    expect(findExchange(store, '18')).toEqual({ ...exchange, id: '18', guild: null });
    expect(scheduleIn(store, 'H').guild).toBe('H');
  });

  test('goes when the server has been missing for seven days, and no sooner', () => {
    const store = temporaryStore();
    scheduled(store, 'G');
    scheduled(store, 'H');
    const day = 24 * 60 * 60_000;
    const sweep = (present: string[], days: number) =>
      sweepGuilds(store, present, noon + days * day);
    expect(sweep(['H', 'new'], 0)).toEqual({ missing: ['G'], forgotten: [] });
    // Nothing is posted meanwhile, and what is there again stays.
    expect(dueSchedules(store, Number.MAX_SAFE_INTEGER, 9).map(({ guild }) => guild)).toEqual([
      'H',
    ]);
    expect(sweep(['G', 'H'], 1)).toEqual({ missing: [], forgotten: [] });
    expect(sweep(['H'], 2)).toEqual({ missing: ['G'], forgotten: [] });
    expect(sweep(['H'], 8.9)).toEqual({ missing: [], forgotten: [] });
    expect(findSchedule(store, firstOf('G'))).toBeDefined();
    expect(sweep(['H'], 9)).toEqual({ missing: [], forgotten: ['G'] });
    expect(findSchedule(store, firstOf('G'))).toBeUndefined();
    expect(findSchedule(store, firstOf('H'))).toBeDefined();
  });

  test("is one application's: another one is refused, or takes it over where that is wanted", () => {
    const store = temporaryStore();
    claimStore(store, '1', false);
    claimStore(store, '1', false);
    expect(() => claimStore(store, '2', false)).toThrow(
      /belongs to another bot \(application 1\), and this token to application 2/,
    );
    claimStore(store, '2', true);
    expect(() => claimStore(store, '1', false)).toThrow(/application 2/);
  });

  test('as texts goes when they are old enough', () => {
    const store = temporaryStore();
    recordExchange(store, exchange);
    recordExchange(store, { ...exchange, id: '18', created: noon + 1 });
    forgetExchangesBefore(store, noon + 1);
    expect([findExchange(store, '17'), findExchange(store, '18')?.id]).toEqual([undefined, '18']);
  });
});

test('a store has one bot at a time, which tells of itself', () => {
  const store = temporaryStore();
  const info = {
    started: noon,
    connected: true,
    servers: 3,
    requests: 9,
    cooldowns: 2,
    turnedAway: 0,
    waiting: 0,
    delays: { middle: 800, longest: 2100 },
    texts: 7,
    posts: 1,
    failures: 0,
  };
  claimBot(store, info, noon);
  expect(() => claimBot(store, info, noon + 1)).toThrow(/bot is already running: process \d+/);
  expect(findBot(store, noon)).toMatchObject({ alive: true, info });
});
