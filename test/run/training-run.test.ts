import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { networkOfRun, servingNetwork } from '../../src/run/models.ts';
import { planTraining, type TrainingWish } from '../../src/run/plan.ts';
import type { RunEvent } from '../../src/run/run-event.ts';
import type { RunTools } from '../../src/run/tools.ts';
import { resumeRun, trainRun } from '../../src/run/training-run.ts';
import { listCheckpoints, readWeights } from '../../src/store/checkpoints.ts';
import { sendCommand } from '../../src/store/commands.ts';
import { removeCorpus } from '../../src/store/corpora.ts';
import type { Store } from '../../src/store/database.ts';
import { listLog } from '../../src/store/logs.ts';
import { getRun } from '../../src/store/runs.ts';
import { listSamples } from '../../src/store/samples.ts';
import { listUsage } from '../../src/store/usage.ts';
import { temporaryDirectory, temporaryStore } from '../store/temporary.ts';
import { addText, addTexts, follow, proverbs, tools, wish, written } from './runs.ts';

function newStore(): Store {
  const store = temporaryStore();
  addTexts(store);
  return store;
}

/** Trains a new run of what is wished. */
async function* begin(here: RunTools, changes: Partial<TrainingWish> = {}) {
  const plan = await planTraining(here.store, onnxEngine, { ...wish, ...changes }, here.now());
  yield* trainRun(here, plan);
}

const ofType = <Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type) =>
  events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);

/** Holds a store's write lock from another thread, from now on for so many milliseconds. */
function holdFor(milliseconds: number, path: string, held: Int32Array): void {
  const code = `
    const { workerData: { path, held, milliseconds, library } } = require('node:worker_threads');
    const database = new (require(library))(path);
    database.exec('BEGIN IMMEDIATE');
    Atomics.store(held, 0, 1);
    Atomics.notify(held, 0);
    Atomics.wait(held, 0, 1, milliseconds);
    database.exec('COMMIT');
    database.close();
  `;
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = new Worker(code, {
    eval: true,
    workerData: { path, held, milliseconds, library },
  });
  onTestFinished(() => worker.terminate().then(() => {}));
  Atomics.wait(held, 0, 0);
}

/** What the log of a run says, its first line first. */
function logOf(store: Store, run: number): string[] {
  return listLog(store, run, 100)
    .map(({ text }) => text)
    .reverse();
}

/** Aborts once a step is done. */
function aborting(step: number) {
  const controller = new AbortController();
  const look = (event: RunEvent) => {
    if (event.type === 'step' && event.step === step) controller.abort();
  };
  return { signal: controller.signal, look };
}

describe('a run', () => {
  test('is written down whole', async () => {
    const store = newStore();
    const here = tools(store);
    const events = await follow(begin(here));
    const steps = ofType(events, 'step');
    const looks = ofType(events, 'evaluation');
    expect(events[0]).toEqual({ type: 'run', run: 1, resumedAt: 0, steps: 24 });
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
    expect(looks.map(({ step }) => step)).toEqual([8, 16, 24]);
    expect(events.at(-1)).toEqual({
      ...{ type: 'done', step: 24, reason: 'budget' },
      serving: { serves: true, reason: 'first', run: 1 },
    });

    const best = looks.findLast((look) => look.best);
    const run = getRun(store, 1, here.now());
    expect(run).toMatchObject({
      ...{ corpus: 'proverbs', origin: 'trained', parent: null, state: 'finished', reason: null },
      network: { ...wish.network, vocabularySize: run.vocabulary.length },
      settings: { steps: 24, batch: 4, unroll: 16, dropout: 0.2, randomSeed: 5, heldOut: 'units' },
      machine: { engine: 'onnx', engineVersion: onnxEngine.version, threads: 1 },
      ...{ steps: 24, passes: steps.at(-1)?.passes, elapsed: steps.at(-1)?.elapsed },
      best: { step: best?.step, bitsPerCharacter: best?.bitsPerCharacter },
    });
    expect(written(store, 1)).toMatchObject({
      steps: steps.map(({ step, bitsPerCharacter, gradientNorm, learningRate }) => ({
        ...{ step, bitsPerCharacter, gradientNorm, learningRate },
      })),
      looks: looks.map(({ step, bitsPerCharacter }) => ({ step, bitsPerCharacter })),
      samples: ofType(events, 'sample')
        .map(({ type, ...sample }) => sample)
        .reverse(),
    });
    // Three evaluations bring one each, and the twentieth step one of its own.
    expect(ofType(events, 'sample').map(({ text }) => text.length)).toEqual([240, 240, 240, 240]);

    expect(logOf(store, 1)).toEqual([
      'Started, for 24 steps.',
      ...looks.map(
        ({ step, bitsPerCharacter, best: isBest }) =>
          `Step ${step}: ${bitsPerCharacter.toFixed(3)} bits per character on the held-out part${isBest ? ', the best so far' : ''}`,
      ),
      'Step 24: saved a checkpoint.',
      'Finished at step 24.',
      'Run 1 is the active run of proverbs: no other has a better figure on the same held-out text.',
    ]);

    const checkpoints = ofType(events, 'checkpoint');
    const kept = listCheckpoints(store, 1);
    expect(kept.map(({ id, kind, step }) => ({ id, kind, step }))).toEqual(
      ['last', 'best'].map((kind) => {
        const { checkpoint: id, step } = checkpoints.findLast((each) => each.kind === kind) ?? {};
        return { id, kind, step };
      }),
    );
    const serving = servingNetwork(store, 'proverbs', here.now());
    expect(serving).toMatchObject({ run, config: run.network, checkpoint: { kind: 'best' } });
    expect(serving.weights).toEqual(readWeights(store, kept[1]?.id ?? 0));
    expect(serving.tokenizer.characters).toEqual(run.vocabulary);
  });

  test('that holds nothing out serves by its last checkpoint', async () => {
    const store = newStore();
    const here = tools(store);
    await follow(begin(here, { heldOut: 'none', budget: { steps: 3 } }));
    expect(servingNetwork(store, 'proverbs', here.now()).checkpoint).toMatchObject({
      ...{ kind: 'last', step: 3, bitsPerCharacter: null },
    });
  });

  test('that comes out worse is not the active run of its text, unless that was asked for', async () => {
    const store = newStore();
    await follow(begin(tools(store)));
    const brief = { budget: { steps: 1 } };
    const worse = await follow(begin(tools(store), brief));
    const serving = { serves: false, reason: 'worse', run: 1 };
    expect(worse.at(-1)).toMatchObject({ type: 'done', serving });
    const unmeasured = await follow(begin(tools(store), { ...brief, heldOut: 'none' }));
    expect(unmeasured.at(-1)).toMatchObject({ serving: { ...serving, reason: 'unmeasured' } });
    const chosen = await follow(begin(tools(store, { serve: true }), brief));
    expect(chosen.at(-1)).toMatchObject({ serving: { serves: true, reason: 'chosen', run: 4 } });
    expect(servingNetwork(store, 'proverbs', 0).run.id).toBe(4);
  });

  test('stopped by a signal keeps a checkpoint, and resumed is the run that never stopped', async () => {
    const store = newStore();
    await follow(begin(tools(store)));
    // In the middle, where a look is due, and at the last step.
    const [middle, due, last] = [aborting(5), aborting(16), aborting(24)];
    const stopped = await follow(begin(tools(store, middle)), middle.look);
    expect(stopped.slice(-2)).toMatchObject([
      { type: 'checkpoint', step: 5, kind: 'last' },
      { type: 'done', step: 5, reason: 'stopped' },
    ]);
    expect(getRun(store, 2, 0)).toMatchObject({ state: 'stopped', steps: 5 });
    for (const { signal, look } of [due, last])
      await follow(resumeRun(tools(store, { signal }), 2), look);
    expect(getRun(store, 2, 0)).toMatchObject({ state: 'stopped', steps: 24 });
    const rest = await follow(resumeRun(tools(store), 2));
    expect(rest[0]).toEqual({ type: 'run', run: 2, resumedAt: 24, steps: 24 });
    expect(getRun(store, 2, 0).state).toBe('finished');
    expect(written(store, 2)).toEqual(written(store, 1));

    await expect(follow(resumeRun(tools(store), 2))).rejects.toThrow('Run 2 is finished');
  });

  test('killed at any moment and resumed is the run that never stopped', async () => {
    const path = join(temporaryDirectory(), 'escriba.db');
    const store = temporaryStore({}, path);
    addTexts(store);
    const child = fileURLToPath(new URL('child.ts', import.meta.url));
    const lives = [
      // After its first look, before there is a checkpoint to go on from.
      { checkpointEvery: 'Infinity', events: 13 },
      { checkpointEvery: '0', run: ['1'], events: 22 },
      { checkpointEvery: 'Infinity', run: ['1'], events: 9 },
    ];
    for (const { checkpointEvery, run = [], events } of lives) {
      const training = spawn(process.execPath, [child, path, checkpointEvery, ...run], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const exited = new Promise((resolve) => training.on('exit', (_, signal) => resolve(signal)));
      let seen = 0;
      for await (const _ of createInterface(training.stdout)) {
        seen++;
        if (seen <= events) training.stdin.write('\n');
        // While it works on what comes next.
        if (seen === events) training.kill('SIGKILL');
      }
      expect(await exited).toBe('SIGKILL');
      expect(store.row('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
      expect(getRun(store, 1, Date.now()).state).toBe('died');
    }
    const here = tools(store, { now: Date.now });
    await follow(resumeRun(here, 1));
    await follow(begin(here));
    expect(written(store, 1)).toEqual(written(store, 2));
  });

  test('says that it starts again where it ended before it had a checkpoint to resume from', async () => {
    const store = newStore();
    const here = tools(store);
    const ended = begin(here);
    await ended.next();
    await ended.return(undefined);
    const [first, second] = await follow(resumeRun(here, 1));
    expect([first, second]).toEqual([
      { type: 'run', run: 1, resumedAt: 0, steps: 24 },
      {
        type: 'notice',
        text: 'There is no checkpoint to resume from yet, so the run starts again from step 0.',
      },
    ]);
  });

  test('is resumed by one process only', async () => {
    const store = newStore();
    const here = tools(store);
    const { signal, look } = aborting(2);
    await follow(begin({ ...here, signal }), look);
    const resumed = resumeRun(here, 1);
    await resumed.next();
    await expect(resumeRun(here, 1).next()).rejects.toThrow(
      `Run 1 is already being trained, by process ${process.pid}`,
    );
    await resumed.return(undefined);
    expect(getRun(store, 1, here.now()).state).toBe('stopped');
    await follow(resumeRun(here, 1));
  });

  test('says on resuming what differs from where it was begun', async () => {
    const store = newStore();
    const { signal, look } = aborting(1);
    const engine = { ...onnxEngine, version: '0.9' };
    const here = tools(store, { signal, engine });
    await follow(trainRun(here, await planTraining(store, engine, wish, here.now())), look);
    const events = await follow(resumeRun(tools(store), 1));
    expect(ofType(events, 'notice')).toEqual([
      {
        type: 'notice',
        text: `This run was started with the engine's version 0.9 and resumes with the engine's version ${onnxEngine.version}: its last digits can differ.`,
      },
    ]);
  });

  test('keeps what it takes of the machine, each ten seconds', async () => {
    const store = newStore();
    let processorSeconds = 100;
    const usage = () => {
      processorSeconds += 15;
      return { processorSeconds, memory: 5e7 };
    };
    let monotonic = 0;
    const here = tools(store, { usage, monotonic: () => monotonic });
    await follow(begin(here, { budget: { steps: 6 } }), (event) => {
      if (event.type === 'step') monotonic += 5000;
    });
    expect(listUsage(store, 1).map(({ step, processors }) => [step, processors])).toEqual([
      [3, 1.5],
      [5, 1.5],
    ]);
  });

  test('goes on beyond its budget, with a schedule to the new end', async () => {
    const store = newStore();
    await follow(begin(tools(store), { budget: { steps: 8 } }));
    const events = await follow(resumeRun(tools(store), 1, { further: { steps: 4 }, threads: 2 }));
    expect(events[0]).toEqual({ type: 'run', run: 1, resumedAt: 8, steps: 12 });
    // On a machine with one processor it is also told that two threads are slower.
    expect(ofType(events, 'notice')[0]).toMatchObject({
      text: expect.stringContaining('started with threads: 1 and resumes with threads: 2'),
    });
    expect(events.at(-1)).toMatchObject({ type: 'done', step: 12, reason: 'budget' });
    expect(getRun(store, 1, 0)).toMatchObject({ state: 'finished', settings: { steps: 12 } });
    const rates = ofType(events, 'step').map(({ learningRate }) => learningRate);
    expect(rates.at(-1)).toBeLessThan(rates[0] ?? 0);
  });

  test('says each time that it goes on without an option that there is no more, beyond its budget too', async () => {
    const store = newStore();
    await follow(begin(tools(store), { budget: { steps: 4 } }));
    store.write(`UPDATE runs SET settings = json_set(settings, '$.heat', 3)`);
    for (let time = 0; time < 2; time++) {
      const events = await follow(resumeRun(tools(store), 1, { further: { steps: 2 } }));
      expect(ofType(events, 'notice')).toEqual([
        { type: 'notice', text: expect.stringContaining('It was started with heat 3, which') },
      ]);
    }
  });

  test('that waits is stopped by a signal like one that does not', async () => {
    const store = newStore();
    const controller = new AbortController();
    const here = tools(store, { signal: controller.signal });
    const events = await follow(begin(here), (event) => {
      if (event.type === 'step' && event.step === 1) {
        sendCommand(store, 1, { command: 'pause' }, here.now());
      }
      if (event.type === 'paused') controller.abort();
    });
    expect(events.slice(-3).map(({ type }) => type)).toEqual(['paused', 'checkpoint', 'done']);
    expect(getRun(store, 1, here.now())).toMatchObject({ state: 'stopped', steps: 2 });
  });

  test('loses nothing while another process holds the store', async () => {
    const path = join(temporaryDirectory(), 'escriba.db');
    const store = temporaryStore({ busyTimeout: 20 }, path);
    addTexts(store);
    const other = new Database(path);
    const held = new Int32Array(new SharedArrayBuffer(4));
    await follow(begin(tools(store)), (event) => {
      if (event.type !== 'step') return;
      if (event.step === 2) other.exec('BEGIN IMMEDIATE');
      if (event.step === 5) other.exec('COMMIT');
      // Through the evaluation after step 8, which waits for it.
      if (event.step === 7) holdFor(300, path, held);
    });
    other.close();
    await follow(begin(tools(store)));
    expect(written(store, 1)).toEqual(written(store, 2));
  });

  test('goes on with the text that it began with, and with no other of that name', async () => {
    const store = newStore();
    const { signal, look } = aborting(2);
    await follow(begin(tools(store, { signal })), look);
    removeCorpus(store, 'proverbs');
    addText(store, 'proverbs', ['The sea is a stone.', ...proverbs.slice(1)]);
    await expect(resumeRun(tools(store), 1).next()).rejects.toThrow(
      'The text proverbs is not the one that run 1 learned.',
    );
    removeCorpus(store, 'proverbs');
    addText(store, 'proverbs', proverbs);
    const events = await follow(resumeRun(tools(store), 1));
    expect(events.at(-1)).toMatchObject({ type: 'done', step: 24 });
  });

  test('that fails is remembered with its reason', async () => {
    const store = newStore();
    const here = tools(store);
    const reason =
      'The loss became NaN at step 2, after going back to the last good state 3 times.';
    await expect(follow(begin(here, { learningRate: 1e38 }))).rejects.toThrow(reason);
    expect(getRun(store, 1, here.now())).toMatchObject({ state: 'failed', reason, steps: 1 });
    expect(() => networkOfRun(store, 1, here.now())).toThrow('Run 1 has no checkpoint yet.');
    expect(() => servingNetwork(store, 'proverbs', here.now())).toThrow(
      'No network has learned "proverbs" yet.',
    );
  });

  test('beats while a step takes long, and ends where its store is gone', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const path = join(temporaryDirectory(), 'escriba.db');
    const store = temporaryStore({}, path);
    addTexts(store);
    let time = Date.now();
    const here = tools(store, { now: () => time });
    const longStep = () => {
      time += 50_000;
      vi.advanceTimersByTime(2000);
    };
    const follower = follow(begin(here), (event) => {
      if (event.type !== 'step' || event.step > 4) return;
      if (event.step === 3) rmSync(path);
      for (let since = 0; since < 3; since++) longStep();
      if (event.step < 3) expect(getRun(store, 1, time).state).toBe('running');
    });
    await expect(follower).rejects.toThrow(`The store ${path} was deleted while it was in use`);
  });

  test('obeys and keeps checkpoints after the clock was set back', async () => {
    const store = newStore();
    let now = Date.now();
    let monotonic = 0;
    const here = tools(store, {
      now: () => now,
      monotonic: () => {
        monotonic += 500;
        return monotonic;
      },
      checkpointEvery: 0,
    });
    const events = await follow(begin(here), (event) => {
      if (event.type === 'step' && event.step === 2) now -= 3_600_000;
      if (event.type === 'step' && event.step === 4) {
        sendCommand(store, 1, { command: 'stop' }, now);
      }
    });
    expect(events.at(-1)).toMatchObject({ type: 'done', step: 4, reason: 'stopped' });
    const elapsed = ofType(events, 'step').map((step) => step.elapsed);
    expect(elapsed).toEqual(elapsed.toSorted((one, other) => one - other));
    expect(ofType(events, 'checkpoint').map(({ step }) => step)).toContain(3);
  });

  test('that fails says why, also where another process has taken it over', async () => {
    const store = newStore();
    const here = tools(store);
    const broken = { ...onnxEngine, trainer: () => Promise.reject(new Error('no processor')) };
    const plan = await planTraining(store, onnxEngine, wish, here.now());
    const events = trainRun({ ...here, engine: broken }, plan);
    await events.next();
    store.write('DELETE FROM heartbeats');
    await expect(events.next()).rejects.toThrow('no processor');
  });

  test('ended by whoever follows it lets go of its name', async () => {
    const store = newStore();
    const here = tools(store);
    for await (const event of begin(here)) if (event.type === 'step') break;
    expect(getRun(store, 1, here.now())).toMatchObject({ state: 'stopped', steps: 1 });
  });
});

describe('commands to a run', () => {
  test('are obeyed after the step at which they come', async () => {
    const store = newStore();
    const here = tools(store);
    const send = (command: Parameters<typeof sendCommand>[2]) =>
      sendCommand(store, 1, command, here.now());
    const states: string[] = [];
    const events = await follow(begin(here), (event) => {
      if (event.type === 'step' && event.step === 2) {
        send({ command: 'checkpoint' });
        send({ command: 'sample', seed: 'The sea é' });
      }
      if (event.type === 'step' && event.step === 4) send({ command: 'pause' });
      if (event.type === 'paused') send({ command: 'resume' });
      if (event.type === 'paused' || event.type === 'resumed') {
        states.push(getRun(store, 1, here.now()).state);
      }
      if (event.type === 'evaluation') send({ command: 'stop' });
    });
    const told = events.map((event) =>
      'step' in event ? `${event.type} ${event.step}` : event.type,
    );
    expect(told).toEqual([
      ...['run', 'step 1', 'step 2', 'checkpoint 2', 'sample 2', 'step 3', 'step 4', 'step 5'],
      ...['paused 5', 'resumed 5', 'step 6', 'step 7', 'step 8'],
      ...['evaluation 8', 'checkpoint 8', 'sample 8', 'checkpoint 8', 'done 8'],
    ]);
    expect(states).toEqual(['paused', 'running']);
    expect(listCheckpoints(store, 1).map(({ kind, step }) => `${kind} ${step}`)).toEqual([
      ...['last 8', 'best 8', 'kept 2'],
    ]);
    const [, asked] = listSamples(store, 1, 2);
    expect(asked).toMatchObject({ step: 2, seed: 'The sea é' });
    expect(getRun(store, 1, here.now())).toMatchObject({ state: 'stopped', steps: 8 });
    expect(() => send({ command: 'stop' })).toThrow('Run 1 is not in training (stopped).');
  });

  test('that end a run reach it while it waits', async () => {
    const store = newStore();
    const here = tools(store);
    const events = await follow(begin(here), (event) => {
      if (event.type === 'step' && event.step === 1)
        sendCommand(store, 1, { command: 'pause' }, here.now());
      if (event.type === 'paused') sendCommand(store, 1, { command: 'stop' }, here.now());
    });
    expect(events.at(-1)).toMatchObject({ type: 'done', step: 2, reason: 'stopped' });
  });

  test('are not needed for a checkpoint every so often', async () => {
    const store = newStore();
    const events = await follow(
      begin(tools(store, { checkpointEvery: 0 }), { budget: { steps: 8 } }),
    );
    const last = ofType(events, 'checkpoint').filter(({ kind }) => kind === 'last');
    expect(last.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 8]);
    expect(listCheckpoints(store, 1).filter(({ kind }) => kind === 'last')).toHaveLength(1);
  });
});

describe('a run from another', () => {
  test('begins with its weights over both vocabularies, and keeps them at once', async () => {
    const store = newStore();
    const here = tools(store);
    await follow(begin(here, { budget: { steps: 4 } }));
    const from = { corpus: 'questions', from: 1, network: { ...wish.network, hidden: 16 } };
    const still = { ...from, learningRate: 0, emaDecay: 0, budget: { steps: 2 } };
    const events = await follow(begin(here, still));
    expect(events.slice(1, 3)).toMatchObject([
      { type: 'step', step: 1 },
      { type: 'checkpoint', step: 1, kind: 'last' },
    ]);
    const [parent, child] = [1, 2].map((run) => networkOfRun(store, run, here.now()));
    expect(child?.run).toMatchObject({ parent: 1, corpus: 'questions' });
    expect(child?.config.hidden).toBe(8);
    expect(child?.tokenizer.characters).toEqual(
      [...new Set([...(parent?.tokenizer.characters ?? []), 'Ç', 'n', 'a', '?'])].sort(),
    );
    expect(child?.weights['layer0.z.R']).toEqual(parent?.weights['layer0.z.R']);
  });

  test('cannot be resumed where it ended before it kept them', async () => {
    const store = newStore();
    const here = tools(store);
    await follow(begin(here, { budget: { steps: 2 } }));
    const ended = begin(here, { from: 1 });
    await ended.next();
    await ended.return(undefined);
    await expect(follow(resumeRun(here, 2))).rejects.toThrow(
      'Run 2 began with the weights of run 1 and ended before its first checkpoint.',
    );
    expect(getRun(store, 2, here.now()).state).toBe('stopped');
  });
});
