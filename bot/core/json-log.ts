import { type DestinationStream, pino, stdTimeFunctions } from 'pino';
import type { Log } from './log.ts';

/** Writes each message as a line of JSON, with its time and its level by name. */
export function jsonLog(destination: DestinationStream): Log {
  return pino(
    {
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    destination,
  );
}
