import { BadInput } from '../errors.ts';
import { planTraining, type TrainingWish } from '../run/plan.ts';
import type { RunEvent } from '../run/run-event.ts';
import { type RunTools, usageHere, usualCheckpointEvery } from '../run/tools.ts';
import { trainRun } from '../run/training-run.ts';
import type { Store } from '../store/database.ts';
import type { Cli } from './define-command.ts';
import { checkDevice, type DeviceChoice, fasterForNewRun, loadCardEngine } from './devices.ts';
import { loadEngine } from './engines.ts';
import { interruptible } from './interruption.ts';
import { showEvent } from './show-event.ts';
import type { TorchChoices } from './torch-options.ts';

export interface Following {
  /** The name of the engine that computes. */
  readonly engine: string;
  /** What it computes on; `auto` for a new run only, whose network is not known yet. */
  readonly device: DeviceChoice;
  /** Processors that it computes with. */
  readonly threads: number;
  /** How it computes where it is the torch engine. */
  readonly torch: TorchChoices;
  /** Whether each event is written as a line of JSON, instead of words and a live line. */
  readonly json: boolean;
  /** Whether the run is to write for its text once it is done. */
  readonly serve: boolean;
}

/** How a training ended. */
export interface EndedTraining {
  readonly run: number;
  readonly reason: 'budget' | 'stopped' | 'patience';
}

/** Begins a run and trains it, as `followTraining` does. */
export function followNewRun(
  cli: Cli,
  store: Store,
  following: Following,
  wish: TrainingWish,
): Promise<EndedTraining | null> {
  return followTraining(cli, store, following, async function* (tools) {
    if (!following.json)
      cli.terminal.live('Reading the text and measuring the speed of this machine ...');
    const computing = following.device === 'auto' ? fasterForNewRun(wish.threads) : tools.engine;
    const plan = await planTraining(store, computing, wish, cli.now());
    if (tools.signal.aborted)
      cli.terminal.note('Stopped before training began; there is nothing to save.');
    else yield* trainRun({ ...tools, engine: plan.engine }, plan);
  });
}

/**
 * Trains in the foreground until the training ends or is told to stop, and shows what happens.
 *
 * @returns null where it was stopped before there was a run
 */
export async function followTraining(
  cli: Cli,
  store: Store,
  { engine: name, device, threads, torch, json, serve }: Following,
  begin: (tools: RunTools) => AsyncIterable<RunEvent>,
): Promise<EndedTraining | null> {
  const { terminal, now, monotonic } = cli;
  const checkpointEvery = checkpointInterval(cli);
  checkDevice(device, name);
  const engine = device === 'gpu' ? await loadCardEngine() : await loadEngine(name, threads, torch);
  return interruptible(cli, async (signal) => {
    let run = 0;
    let ended: EndedTraining | null = null;
    for await (const event of begin({
      store,
      engine,
      now,
      monotonic,
      signal,
      checkpointEvery,
      serve,
      usage: usageHere,
    })) {
      if (event.type === 'run') run = event.run;
      if (event.type === 'done') ended = { run, reason: event.reason };
      if (json) terminal.json(event);
      else showEvent(cli, store, run, event);
    }
    terminal.endLive();
    return ended;
  });
}

/** In milliseconds. */
function checkpointInterval({ environment }: Cli): number {
  const given = environment.ESCRIBA_CHECKPOINT_SECONDS;
  if (given === undefined || given === '') return usualCheckpointEvery;
  const seconds = Number(given);
  if (seconds >= 0) return seconds * 1000;
  throw new BadInput(
    `ESCRIBA_CHECKPOINT_SECONDS cannot be "${given}": it must be a number of seconds.`,
    'Set it to 300, or leave it out.',
  );
}
