import { z } from 'zod';

/** Bytes that a process holds: of its heap after everything unused was let go, and in the system's eyes. */
const heldForm = z.object({ heap: z.number(), rss: z.number() });
/** What the program below writes into the file REPORT: after a tenth of its updates, and after all. */
export const memoryForm = z.object({ first: heldForm, last: heldForm });

/**
 * A program beside the compiled files: a dashboard on the store ESCRIBA_DB whose own process trains RUN, as JSON, by
 * writing UPDATES steps one after the other, as fast as they are drawn.
 */
export const updatedDashboard = `
process.env.NODE_ENV = 'production';
const { writeFileSync } = await import('node:fs');
const { openStore } = await import('./src/store/open.js');
const { createRun } = await import('./src/store/run-lifecycle.js');
const { recordSteps, recordEvaluation } = await import('./src/store/metrics.js');
const { runDashboard } = await import('./tui/dashboard.js');
const { stdin: input, stdout: output, env: environment } = process;
const { ESCRIBA_DB, RUN, UPDATES, REPORT } = environment;
const updates = Number(UPDATES);
const writer = openStore(ESCRIBA_DB);
const lease = createRun(writer, JSON.parse(RUN), Date.now());
const held = () => {
  gc();
  gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
};
const warm = Math.ceil(updates / 10);
let step = 0;
let first;
const update = () => {
  step++;
  const at = { step, passes: step / 656, elapsed: step * 0.3 };
  const bitsPerCharacter = 1.4 + 4 / (1 + step / 50) + Math.sin(step) * 0.05;
  const figures = { gradientNorm: 0.5, learningRate: 1e-3, charactersPerSecond: 21000 };
  recordSteps(writer, lease, [{ ...at, bitsPerCharacter, ...figures }], Date.now());
  if (step % 200 === 0) recordEvaluation(writer, lease, { ...at, bitsPerCharacter }, Date.now());
  if (step === warm) first = held();
  if (step < updates) setTimeout(update, 3);
  else {
    writeFileSync(REPORT, JSON.stringify({ first, last: held() }));
    process.kill(process.pid, 'SIGTERM');
  }
};
setTimeout(update, 1000);
const store = openStore(ESCRIBA_DB);
const options = { store, input, output, page: 'dark', environment, now: Date.now };
await runDashboard({ ...options, lookEvery: 1 });
store.close();
writer.close();
`;
