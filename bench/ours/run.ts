import { fileURLToPath } from 'node:url';
import { type Measurement, measurement } from '../contender.ts';
import { reportOf } from '../process.ts';

/** What our own contender is called, with its default engine. */
export const ours = 'Escriba';

/** Whether a contender is our own; every other is a peer. */
export function isOurs({ name }: { readonly name: string }): boolean {
  return name.startsWith(ours);
}

/** Runs a script that Node runs on a work, in a process of its own. */
export function runScript(
  script: URL,
  work: Readonly<Record<string, string | number>>,
): Promise<Measurement> {
  return reportOf(process.execPath, [fileURLToPath(script), JSON.stringify(work)], measurement);
}
