import type { Log } from './log.ts';

/** Writes each message as a line for people: the time, the level where it is no news, the message, the fields. */
export function terminalLog(print: (line: string) => void, now: () => number): Log {
  const write = (level: string) => (fields: object, message: string) => {
    const time = new Date(now()).toTimeString().slice(0, 8);
    const shown = Object.entries(fields).map(
      ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    print([`${time} ${level}${message}`, ...shown].join('\n'));
  };
  return { info: write(''), warn: write('warning: '), error: write('error: ') };
}
