import { readFileSync } from 'node:fs';
import type { Measurement } from '../contender.ts';

/** What a process of ours tells the bench, as the peers do: one JSON object on its last line. */
export function report(tokensPerSecond: number): void {
  const { user, system } = process.cpuUsage();
  const measured: Measurement = {
    tokensPerSecond,
    peakMemory: peakMemory(),
    processorSeconds: (user + system) / 1e6,
  };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

/** The most memory this process ever held, in bytes; null where the system does not say. */
function peakMemory(): number | null {
  if (process.platform !== 'linux') return null;
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
