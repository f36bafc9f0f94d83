import type { Engine } from '../engine/engine.ts';
import { EscribaError } from '../errors.ts';
import type { NetworkConfig } from '../network/config.ts';
import { parameterCount } from '../network/parameters.ts';
import { usualDraw } from '../sample/draw.ts';
import { Writer } from '../sample/writer.ts';
import { retryWhileBusy } from '../store/busy.ts';
import { listCheckpoints, readState } from '../store/checkpoints.ts';
import type { Store } from '../store/database.ts';
import { truncateAfter } from '../store/metrics.ts';
import { claimRun, createRun } from '../store/run-lifecycle.ts';
import { findUnknownSettings, getRun, readRunTokenizer } from '../store/runs.ts';
import type { PassageKind } from '../text/corpus.ts';
import { windowsPerPass } from '../text/lanes.ts';
import { preparePrompt } from '../text/prompt.ts';
import { Random } from '../text/random.ts';
import { BpeTokenizer } from '../text/tokenizer/bpe-tokenizer.ts';
import { readTokenizer, saveTokenizer } from '../text/tokenizer/saved-tokenizer.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';
import type { TrainingState } from '../train/events.ts';
import type { TrainingSettings } from '../train/settings.ts';
import type { Training } from '../train/train.ts';
import { openCorpusOf, passageKindOf } from './corpora.ts';
import { measureSpeed } from './measure.ts';
import { type Budget, machineHere, stepsOf, type TrainingPlan } from './plan.ts';
import { prepareText } from './prepare.ts';
import { record } from './record.ts';
import { resumeNotices } from './resume-notices.ts';
import type { RunEvent } from './run-event.ts';
import type { RunTools } from './tools.ts';
import { beganWithWeights } from './train-command.ts';

/** Characters of a sample. */
const sampleLength = 240;

/** Trains a new run, records it in the store, and yields what happens. */
export async function* trainRun(tools: RunTools, plan: TrainingPlan): AsyncGenerator<RunEvent> {
  const { store, now } = tools;
  const lease = retryWhileBusy(() =>
    createRun(
      store,
      {
        corpus: plan.corpus,
        name: plan.name,
        textHash: plan.textHash,
        heldOutHash: plan.text.heldOutHash,
        origin: 'trained',
        parent: plan.parent,
        network: plan.network,
        settings: plan.settings,
        machine: plan.machine,
        ...saveTokenizer(plan.text.tokenizer),
        parameters: parameterCount(plan.network),
      },
      now(),
    ),
  );
  const training = {
    ...trainingOf(tools, lease.run, plan),
    ...(plan.from ? { from: plan.from } : {}),
  };
  yield* record(tools, lease, training, [
    { type: 'run', run: lease.run, resumedAt: 0, steps: plan.settings.steps },
    ...(plan.reason === null ? [] : [{ type: 'notice' as const, text: plan.reason }]),
    ...engineNotice(tools.engine),
    ...(plan.memory === null ? [] : [memoryNotice(plan.memory)]),
  ]);
}

/** Evaluations and samples take more than the steps that were measured: 1.26 to 1.41 times as much in all. */
const atItsMost = 1.4;

/** Where it computes, of an engine for which that is a question. */
function engineNotice({ about }: Engine): RunEvent[] {
  return about === undefined ? [] : [{ type: 'notice', text: `It computes with ${about}.` }];
}

function memoryNotice(bytes: number): RunEvent {
  const megabytes = Math.ceil((atItsMost * bytes) / 1e6);
  return { type: 'notice', text: `It needs up to about ${megabytes} MB of memory.` };
}

/** How a run goes on otherwise than it was begun. */
export interface ResumeWish {
  /** @default those that it was begun with */
  readonly threads?: number;
  /** How long to train beyond its budget; none for what is left of that. */
  readonly further?: Budget;
}

/**
 * Resumes a run where its last checkpoint left it, or at its beginning where it has none.
 * @throws EscribaError where it is finished and no further budget is given, is being trained, or cannot go on
 */
export async function* resumeRun(
  tools: RunTools,
  id: number,
  { threads, further }: ResumeWish = {},
): AsyncGenerator<RunEvent> {
  const { store, now, engine } = tools;
  const run = getRun(store, id, now());
  const { machine } = run;
  // Of a network from a file there is no state to go on from: its figures would be lost for a training from the beginning.
  if (run.origin !== 'trained' || !run.settings || !machine) {
    throw new EscribaError(
      `Run ${id} was not trained here, so there is no state to resume from.`,
      `Start a new run with its weights: \`escriba train ${run.corpus} --from ${id}\`.`,
    );
  }
  const tokenizer = readTokenizer(readRunTokenizer(store, id));
  const text = prepareText(await openCorpusOf(store, run), run.settings.heldOut, tokenizer);
  const here = machineHere(engine, threads ?? machine.threads);
  const settings = further
    ? await extended(run.settings, further, text.training.length, (each) =>
        measureSpeed(engine, run.network, each, here.threads),
      )
    : run.settings;
  if (beganWithWeights(run) && !lastState(store, id)) {
    const from = run.parent === null ? 'a run that is deleted' : `run ${run.parent}`;
    throw new EscribaError(
      `Run ${id} began with the weights of ${from} and ended before its first checkpoint.`,
      `Start it again: \`escriba train ${run.corpus}${run.parent === null ? '' : ` --from ${run.parent}`}\`.`,
    );
  }
  const unknown = findUnknownSettings(store, id);
  const extension = further && { ...unknown, ...settings };
  const lease = retryWhileBusy(() => claimRun(store, id, now(), extension));
  const resumed = lastState(store, id);
  const resumedAt = resumed?.progress.step ?? 0;
  retryWhileBusy(() => truncateAfter(store, lease, resumedAt, now()));
  const training = {
    ...trainingOf(tools, id, { ...run, settings, machine: here, text }),
    ...(resumed ? { resumed } : {}),
  };
  yield* record(tools, lease, training, [
    { type: 'run', run: id, resumedAt, steps: settings.steps },
    ...(resumed ? [] : [noCheckpointNotice]),
    ...engineNotice(engine),
    ...resumeNotices(machine, here, unknown).map((text) => ({
      ...{ type: 'notice' as const, text },
    })),
  ]);
}

const noCheckpointNotice: RunEvent = {
  type: 'notice',
  text: 'There is no checkpoint to resume from yet, so the run starts again from step 0.',
};

/** The settings of a run that is to go on beyond its budget: its schedule is stretched to the new end. */
async function extended(
  settings: TrainingSettings,
  further: Budget,
  length: number,
  measure: (settings: TrainingSettings) => Promise<number>,
): Promise<TrainingSettings> {
  const { batch, unroll, steps } = settings;
  const perPass = windowsPerPass({ length, batch, unroll });
  return { ...settings, steps: steps + (await stepsOf(further, perPass, () => settings, measure)) };
}

/** What a run trains, from its beginning on. */
function trainingOf(
  { store, engine }: RunTools,
  run: number,
  plan: Pick<TrainingPlan, 'corpus' | 'network' | 'settings' | 'machine' | 'text'>,
): Training {
  const { network, settings, machine, text } = plan;
  return {
    engine,
    threads: machine.threads,
    config: network,
    settings,
    training: text.training,
    ...passEncoding(text, settings),
    validation: text.validation,
    tokenizer: text.tokenizer,
    lastGood: () => lastState(store, run),
    draw: drawer(engine, network, text.tokenizer, passageKindOf(store, plan.corpus)),
  };
}

/** With BPE-dropout, the encoding of each pass: by the run's seed and the pass alone, so that a resume has the same. */
function passEncoding(
  { tokenizer, trainingText }: TrainingPlan['text'],
  { bpeDropout, randomSeed }: TrainingSettings,
): Pick<Training, 'encodePass'> {
  if (bpeDropout === 0 || !(tokenizer instanceof BpeTokenizer)) return {};
  return {
    encodePass: (pass) =>
      tokenizer.encodeWithDropout(
        trainingText,
        bpeDropout,
        Random.seeded(randomSeed, `encoding of pass ${pass}`),
      ),
  };
}

/** The state of a run's last checkpoint to go on from. */
function lastState(store: Store, run: number): TrainingState | null {
  const checkpoint = listCheckpoints(store, run).find((each) => each.resumable);
  return checkpoint ? readState(store, checkpoint.id) : null;
}

/** Draws the samples of a run, each with random numbers of its own. */
function drawer(
  engine: Engine,
  config: NetworkConfig,
  tokenizer: Tokenizer,
  passageKind: PassageKind,
): Training['draw'] {
  return async (weights, { seed, temperature }, step) => {
    const stepper = await engine.stepper({ config, weights, threads: 1 });
    try {
      const options = { ...usualDraw, temperature, characters: sampleLength, passageKind };
      const request = { ...options, randomSeed: step };
      const prompt = preparePrompt(seed, tokenizer).text;
      const writer = new Writer(stepper, tokenizer);
      let text = '';
      for await (const character of writer.write({ ...request, seed: prompt })) text += character;
      return text;
    } finally {
      await stepper.close();
    }
  };
}
