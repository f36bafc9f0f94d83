import type { Clock } from '../../../bot/core/clock.ts';
import { fitText } from '../../../bot/core/fit-text.ts';
import type { Log } from '../../../bot/core/log.ts';
import type { OwnPost, Poster, PostOutcome } from '../../../bot/core/posting.ts';
import { Delivery } from '../../../bot/daily/delivery.ts';
import { latest, Scheduler } from '../../../bot/daily/scheduler.ts';
import type { Store } from '../../../src/store/database.ts';
import { openClaims } from '../../../src/store/posts.ts';
import { nextDue } from '../../../src/store/schedules.ts';
import type { Random } from '../../../src/text/random.ts';

export const minute = 60_000;
/** How long this Discord remembers a nonce. */
const nonceMemory = 5 * minute;
/** How long a post can be on its way after its poster has given it up: in a queue, or on the network. */
const longestWay = 2 * minute;

/** How often things go wrong, each a chance at each occasion. */
export interface Faults {
  /** The process dies while it makes a text, before a post, or after it. */
  readonly crash: number;
  /** Discord does not say what became of a post, which it took or not. */
  readonly unsure: number;
  readonly refused: number;
  /** The channel cannot be read. */
  readonly unreadable: number;
  /** There is nothing to post. */
  readonly nothing: number;
  /** Discord takes its time: minutes. */
  readonly slow: number;
}

export const noFaults: Faults = {
  crash: 0,
  unsure: 0,
  refused: 0,
  unreadable: 0,
  nothing: 0,
  slow: 0,
};

/** A message; its text begins with the day that it is for. */
export interface Posted {
  readonly id: string;
  readonly channel: string;
  readonly text: string;
  readonly nonce: string;
  readonly at: number;
}

/** A stretch of time in which a process of the bot runs. */
export interface Life {
  readonly from: number;
  readonly to: number;
}

interface Timer {
  readonly at: number;
  readonly resume: () => void;
}

let made = 0;

/** Time that goes from one event to the next, with a Discord and any number of bots on one store. */
export class Simulation {
  now: number;
  faults: Faults;
  readonly messages: Posted[] = [];
  readonly paused: string[] = [];
  /** What the bots have written down: the level, the message and what it is about. */
  readonly logged: { readonly level: keyof Log; readonly message: string; fields: object }[] = [];
  crashes = 0;
  /** What every text ends with. */
  addition = '';
  /** Whether all texts of a day are the same. */
  alike = false;
  /** Channels that are deleted, and when. Those whose names begin with F are forums, where no nonce is remembered. */
  readonly gone = new Map<string, number>();
  readonly #store: Store;
  readonly #random: Random;
  readonly #timers: Timer[] = [];
  readonly #bots: SimulatedBot[] = [];

  constructor(store: Store, random: Random, start: number, faults: Faults) {
    this.#store = store;
    this.#random = random;
    this.now = start;
    this.faults = faults;
  }

  /** Something happens at a moment. */
  at(moment: number, what: () => void): void {
    this.#timers.push({ at: moment, resume: what });
  }

  /** A bot runs for that time; one that dies is started again within it after some seconds, minutes or hours. */
  live({ from, to }: Life): void {
    if (from >= to) return;
    this.at(from, () => {
      const bot = new SimulatedBot(this, this.#store, this.#random);
      this.#bots.push(bot);
      bot.onCrash = () => {
        const scale = this.#random.below(4);
        const delay = [10_000, 5 * minute, 30 * minute, 10 * 60 * minute][scale] ?? 0;
        this.live({ from: this.now + 1 + this.#random.below(delay), to });
      };
      this.at(to, () => bot.kill());
    });
  }

  /** Has every bot that has nothing else to do look at once, as each does every minute. */
  async look(): Promise<void> {
    for (const bot of this.#bots) if (bot.isIdle) bot.look();
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets time pass until a moment. */
  async run(until: number): Promise<void> {
    for (;;) {
      const timer = this.#timers.reduce<Timer | undefined>(
        (first, next) => (first && first.at <= next.at ? first : next),
        undefined,
      );
      const bot = this.#nextToLook();
      if (Math.min(timer?.at ?? Infinity, bot?.at ?? Infinity) > until) break;
      if (timer && timer.at <= (bot?.at ?? Infinity)) {
        this.#timers.splice(this.#timers.indexOf(timer), 1);
        this.now = Math.max(this.now, timer.at);
        timer.resume();
      } else if (bot) {
        this.now = Math.max(this.now, bot.at);
        bot.bot.look();
      }
      // All that can go on without time passing does.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.now = until;
  }

  /** Ticks in which there is nothing to do are left out: the others are as `run` of the scheduler makes them. */
  #nextToLook(): { readonly at: number; readonly bot: SimulatedBot } | undefined {
    const idle = this.#bots.filter((bot) => bot.isIdle);
    if (idle.length === 0) return undefined;
    const due = nextDue(this.#store) ?? Infinity;
    const isBusy = due <= this.now || openClaims(this.#store).length > 0;
    const looks = idle.map((bot) => {
      if (!isBusy) return { bot, at: due };
      const next = due > bot.looked ? due : (nextDue(this.#store, bot.looked) ?? Infinity);
      return { bot, at: Math.min(bot.looked + minute, next) };
    });
    return looks.reduce((first, next) => (next.at < first.at ? next : first));
  }

  chance(probability: number): boolean {
    return this.#random.next() < probability;
  }

  /** Any time up to the longest, and that itself often: at the limits things go wrong. */
  wait(longest: number): Promise<void> {
    return this.sleep(this.chance(0.3) ? longest - 1 : this.#random.below(longest));
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.at(this.now + milliseconds, resolve));
  }

  /** What a text has beside its day. */
  named(number: number): string {
    return this.alike ? 'alike' : `${number} ${this.unique()}`;
  }

  /** Never the same again, as Discord's ids are. */
  unique(): string {
    made++;
    return `${made}`;
  }

  /** Takes a message that arrives within a time. @returns its id, once it is there */
  async takeWithin(longest: number, channel: string, text: string, nonce: string): Promise<string> {
    await this.wait(longest);
    return this.#take(channel, text, nonce);
  }

  isGone(channel: string): boolean {
    return (this.gone.get(channel) ?? Infinity) <= this.now;
  }

  /** Takes a message, or gives the one that is there under its nonce. */
  #take(channel: string, text: string, nonce: string): string {
    const known = this.messages.find(
      (message) => message.nonce === nonce && this.now - message.at < nonceMemory,
    );
    if (known && !isForum(channel)) return known.id;
    const id = this.unique();
    this.messages.push({ id, channel, text: fitText(text), nonce, at: this.now });
    return id;
  }
}

/** One process: once it is dead, nothing that it was waiting for goes on. */
class SimulatedBot {
  looked = Number.NEGATIVE_INFINITY;
  onCrash = () => {};
  readonly #simulation: Simulation;
  readonly #scheduler: Scheduler;
  #isAlive = true;
  #isLooking = false;

  constructor(simulation: Simulation, store: Store, random: Random) {
    this.#simulation = simulation;
    const clock: Clock = { now: () => simulation.now, sleep: (time) => simulation.sleep(time) };
    const newNonce = () => String(random.next());
    const write = (level: keyof Log) => (fields: object, message: string) => {
      simulation.logged.push({ level, message, fields });
    };
    const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };
    const delivery = new Delivery({
      ...{ store, clock, log, newNonce, latest, poster: this.#poster() },
      draw: async () => undefined,
      pausedWords: ({ guild }) => guild,
      onPosted: () => {},
    });
    this.#scheduler = new Scheduler({
      ...{ store, delivery, clock, log, newNonce },
      textFor: async ({ number }, day) => {
        await this.#alive(simulation.wait(3_000));
        return simulation.chance(simulation.faults.nothing)
          ? { nothing: 'no network' }
          : { text: `${day} ${simulation.named(number)}${simulation.addition}`, title: '' };
      },
    });
  }

  get isIdle(): boolean {
    return this.#isAlive && !this.#isLooking;
  }

  look(): void {
    this.looked = this.#simulation.now;
    this.#isLooking = true;
    void this.#scheduler.tick().then(() => {
      this.#isLooking = false;
    });
  }

  kill(): void {
    this.#isAlive = false;
  }

  #poster(): Poster {
    const simulation = this.#simulation;
    return {
      post: async (channel, { text }, nonce): Promise<PostOutcome> => {
        const { slow, refused, unsure } = simulation.faults;
        // Within the two minutes for which a poster tries.
        await this.#alive(simulation.wait(simulation.chance(slow) ? 2 * minute : 2_000));
        if (simulation.isGone(channel)) {
          return { type: 'refused', why: 'channel-gone', reason: 'Unknown Channel' };
        }
        if (simulation.chance(refused)) return { type: 'refused', why: 'other', reason: 'no' };
        const isUnsure = simulation.chance(unsure);
        if (isUnsure && simulation.chance(0.5)) return { type: 'unsure', reason: 'no answer' };
        // What has left is posted, whether or not the process lives to hear of it.
        const sent = simulation.takeWithin(isUnsure ? longestWay : 1_000, channel, text, nonce);
        if (isUnsure) return { type: 'unsure', reason: 'no answer' };
        return { type: 'sent', messageId: await this.#alive(sent) };
      },
      ownPosts: async (channel, since): Promise<readonly OwnPost[] | null> => {
        await this.#alive(simulation.wait(2_000));
        const isUnreadable = simulation.chance(simulation.faults.unreadable);
        if (isUnreadable || simulation.isGone(channel)) return null;
        return simulation.messages
          .filter((message) => message.channel === channel && message.at >= since)
          .map(({ id, text }) => ({ messageId: id, text }));
      },
      remembersNonces: (channel) => !isForum(channel),
      publish: async () => null,
      tell: async (guild) => {
        simulation.paused.push(guild);
        return true;
      },
    };
  }

  /** What comes out of a wait: nothing, ever, once the process has died; it may die here. */
  async #alive<T>(wait: Promise<T>): Promise<T> {
    if (this.#simulation.chance(this.#simulation.faults.crash)) this.#crash();
    const value = await wait;
    return this.#isAlive ? value : new Promise(() => {});
  }

  #crash(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#simulation.crashes++;
    this.onCrash();
  }
}

function isForum(channel: string): boolean {
  return channel.startsWith('F');
}
