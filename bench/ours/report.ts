import { readFileSync } from 'node:fs';
import type { Measurement } from '../contender.ts';

/** What a process of ours tells the bench, as the peers do: one JSON object on its last line. */
export function report(tokensPerSecond: number): void {
  const { user, system } = process.cpuUsage();
  const children = childrenOf(process.pid);
  const measured: Measurement = {
    tokensPerSecond,
    peakMemory: sum([process.pid, ...children].map(peakMemory)),
    processorSeconds: (user + system) / 1e6 + (sum(children.map(processorSecondsOf)) ?? 0),
  };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

/** The most memory that a process ever held, in bytes; null where the system does not say. */
function peakMemory(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** The processes that a process has started, such as Python; none where the system does not say. */
function childrenOf(pid: number): number[] {
  if (process.platform !== 'linux') return [];
  const found = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return found === '' ? [] : found.split(' ').map(Number);
}

/** What a process has taken of all processors until now; Linux counts it in hundredths of a second. */
function processorSecondsOf(pid: number): number {
  const [user = '0', system = '0'] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').slice(11, 13) ?? [];
  return (Number(user) + Number(system)) / 100;
}

function sum(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce<number | null>(
    (all, each) => (all === null || each === null ? null : all + each),
    0,
  );
}
