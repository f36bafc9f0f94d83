import { type BotInfo, findBot } from '../../../src/store/bot-heartbeat.ts';
import type { Store } from '../../../src/store/database.ts';
import { type Settled, settledPosts } from '../../../src/store/posts.ts';
import { listSchedules, type Schedule } from '../../../src/store/schedules.ts';
import { botLog } from '../../processes/bot-process.ts';

export interface BotData {
  readonly bot: {
    readonly pid: number;
    readonly host: string;
    readonly isHere: boolean;
    readonly alive: boolean;
    readonly at: number;
    readonly info: BotInfo;
  } | null;
  readonly schedules: readonly { readonly schedule: Schedule; readonly last: Settled | null }[];
  readonly log: readonly string[];
}

const mostSchedules = 50;
const logLines = 200;

export function readBot(store: Store, now: number): BotData {
  const found = findBot(store, now);
  return {
    bot: found ? { ...found, isHere: found.host === store.processes.host } : null,
    schedules: listSchedules(store, mostSchedules).map((schedule) => ({
      schedule,
      last: settledPosts(store, schedule, 1)[0] ?? null,
    })),
    log: botLog(store, logLines),
  };
}
