import { fileURLToPath } from 'node:url';
import { type Measurement, measurement } from '../contender.ts';
import { reportOf } from '../process.ts';

/** What our own contender is called; every other is a peer. */
export const ours = 'Escriba';

/** Runs a script of this folder on a work, in a process of its own. */
export function runOurs(
  script: string,
  work: Readonly<Record<string, string | number>>,
): Promise<Measurement> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return reportOf(process.execPath, [path, JSON.stringify(work)], measurement);
}
