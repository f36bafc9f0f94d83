import type { BotInfo } from '../../../src/store/bot-heartbeat.ts';

/** What the bot had answered at some moment, milliseconds since 1970. */
export interface Reading {
  readonly at: number;
  readonly started: number;
  readonly requests: number;
}

/** How long readings are kept, in milliseconds. */
const window = 10 * 60 * 1000;

/** The readings with a newer one; those of a bot that was started before are of no use any more. */
export function addReading(
  readings: readonly Reading[],
  { started, requests }: BotInfo,
  at: number,
): readonly Reading[] {
  const last = readings.at(-1);
  if (last && last.started === started && last.at === at) return readings;
  const same = readings.filter((each) => each.started === started && each.at > at - window);
  return [...same, { at, started, requests }];
}

/**
 * The requests of the last minute: in a bot's first one they are counted, not held to go on like that. Undefined where
 * there are no two readings of it.
 */
export function perMinute(readings: readonly Reading[]): number | undefined {
  const last = readings.at(-1);
  const first = readings.find((each) => last && each.at >= last.at - 60_000);
  return last && first && first !== last ? last.requests - first.requests : undefined;
}

/** Requests a minute between each two readings: a small chart of them. */
export function history(readings: readonly Reading[]): number[] {
  return readings.slice(1).map((each, place) => {
    const before = readings[place] ?? each;
    return ((each.requests - before.requests) / Math.max(1, each.at - before.at)) * 60_000;
  });
}
