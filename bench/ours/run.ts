import { fileURLToPath } from 'node:url';
import { type Measurement, measurement } from '../contender.ts';
import { reportOf } from '../process.ts';

/** What our own contender is called; every other is a peer. */
export const ours = 'Escriba';

/** Runs a script of ours on a work, in a process of its own. */
export function runOurs(
  script: URL,
  work: Readonly<Record<string, string | number>>,
): Promise<Measurement> {
  return reportOf(process.execPath, [fileURLToPath(script), JSON.stringify(work)], measurement);
}
