import { z } from 'zod';

/** Bytes that a process holds once everything unused was let go: of its heap, and in the system's eyes. */
const heldForm = z.object({ heap: z.number(), rss: z.number() });
/** What the program below writes into the file REPORT: after a tenth of its updates, and after all. */
export const memoryForm = z.object({ first: heldForm, last: heldForm });

/**
 * A program beside the compiled files: a process that trains RUN, as JSON, by writing UPDATES steps into the store
 * ESCRIBA_DB, one after the other. When a tenth of them are written, and when all are, it tells, and waits until it
 * is told to go on.
 */
export const updatingTraining = `
const { openStore } = await import('./src/store/open.js');
const { createRun } = await import('./src/store/run-lifecycle.js');
const { recordSteps, recordEvaluation } = await import('./src/store/metrics.js');
const { ESCRIBA_DB, RUN, UPDATES } = process.env;
const updates = Number(UPDATES);
const store = openStore(ESCRIBA_DB);
const lease = createRun(store, JSON.parse(RUN), Date.now());
let step = 0;
const update = () => {
  step++;
  const at = { step, passes: step / 656, elapsed: step * 0.3 };
  const bitsPerCharacter = 1.4 + 4 / (1 + step / 50) + Math.sin(step) * 0.05;
  const figures = { gradientNorm: 0.5, learningRate: 1e-3, charsPerSecond: 21000 };
  recordSteps(store, lease, [{ ...at, bitsPerCharacter, ...figures }], Date.now());
  if (step % 200 === 0) recordEvaluation(store, lease, { ...at, bitsPerCharacter }, Date.now());
  if (step === Math.ceil(updates / 10) || step === updates) {
    process.once('message', () => step < updates && update());
    process.send('written');
  } else {
    setTimeout(update, 3);
  }
};
setTimeout(update, 1000);
`;

/**
 * A program beside the compiled files: a dashboard on the store ESCRIBA_DB that looks at once at every update of the
 * program TRAINING, which it starts, and ends itself with it.
 */
export const updatedDashboard = `
process.env.NODE_ENV = 'production';
const { fork } = await import('node:child_process');
const { writeFileSync } = await import('node:fs');
const { setTimeout: sleep } = await import('node:timers/promises');
const { openStore } = await import('./src/store/open.js');
const { runDashboard } = await import('./tui/dashboard.js');
const { stdin: input, stdout: output, env: environment } = process;
// The engine gives back what it no longer uses some seconds after it was let go.
const held = async () => {
  gc();
  await sleep(20_000);
  gc();
  await sleep(20_000);
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
};
const measured = [];
const training = fork(environment.TRAINING);
training.on('message', async () => {
  measured.push(await held());
  training.send('go on');
  const [first, last] = measured;
  if (!last) return;
  writeFileSync(environment.REPORT, JSON.stringify({ first, last }));
  process.kill(process.pid, 'SIGTERM');
});
const store = openStore(environment.ESCRIBA_DB);
const options = { store, input, output, page: 'dark', environment, now: Date.now };
await runDashboard({ ...options, lookEvery: 1 });
store.close();
`;
