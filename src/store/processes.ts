import { hostname } from 'node:os';

/** What a store needs to know of the processes of this machine, to tell the living from the dead. */
export interface Processes {
  readonly host: string;
  /** The process that has the store open. */
  readonly pid: number;
  /** When that began, in milliseconds since 1970. */
  readonly began: number;
  /** Whether a process of this host is there. */
  isAlive(pid: number): boolean;
}

export const processesHere: Processes = {
  host: hostname(),
  pid: process.pid,
  began: Date.now() - process.uptime() * 1000,
  isAlive(pid) {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      // EPERM: it is there, but another user's.
      return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
  },
};
