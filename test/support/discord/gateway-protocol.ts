import { z } from 'zod';

export const opcodes = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  acknowledged: 11,
} as const;
export const closeCodes = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  disallowedIntents: 4014,
} as const;
/** The codes by which a bot ends its session for good. */
export const goodbye = 1000;
export const goingAway = 1001;
/** Members, presences and the content of messages. */
export const privilegedIntents = (1 << 1) | (1 << 8) | (1 << 15);

export const identify = z.object({
  token: z.string(),
  intents: z.number().int(),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
  shard: z.tuple([z.number().int(), z.number().int()]).optional(),
});
export const resume = z.object({
  token: z.string(),
  session_id: z.string(),
  seq: z.number().int(),
});
export const payload = z.object({ op: z.number().int(), d: z.unknown().optional() });
