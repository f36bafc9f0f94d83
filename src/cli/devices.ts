import type { Engine } from '../engine/engine.ts';
import { BadInput, EscribaError } from '../errors.ts';
import type { NetworkConfig } from '../network/config.ts';
import { measureScoring, measureSpeed, measureWriting } from '../run/measure.ts';
import type { ChooseEngine } from '../run/plan.ts';
import { usualThreads } from '../run/usual-threads.ts';
import type { TrainingSettings } from '../train/settings.ts';
import { type Card, findCard, tryCard } from './card.ts';
import type { CardWork } from './card-work.ts';
import { type Cli, option } from './define-command.ts';
import { loadEngine } from './engines.ts';
import { count } from './format.ts';
import { oneOf } from './forms.ts';

export const deviceChoices = ['cpu', 'gpu', 'auto'] as const;
export type DeviceChoice = (typeof deviceChoices)[number];

/** The option of a command that can compute on a graphics card. */
export const deviceOption = option(
  'NAME',
  'cpu, gpu (a graphics card, by the onnx engine) or auto, whichever is faster',
  oneOf(deviceChoices).default('cpu'),
);

/** @throws BadInput where a device is chosen for another engine than the one that can use it */
export function checkDevice(device: DeviceChoice, engine: string): void {
  if (device === 'cpu' || engine === 'onnx') return;
  throw new BadInput(
    `--device ${device} needs the onnx engine, not ${engine}.`,
    'Leave out one of --device and --engine.',
  );
}

/** The engine on a graphics card. @throws EscribaError that says what is missing where there is none */
export async function loadCardEngine(): Promise<Engine & { readonly card: string }> {
  return engineOn(await findCard());
}

/** What was chosen because it is faster, and the reason in words. */
interface FasterEngine {
  readonly engine: Engine;
  readonly reason: string;
}

/** Seconds for which each device is tried. */
const seconds = 2;

/**
 * Tries some work on the graphics card and on the processor, and takes the faster one; the processor where there is no
 * card.
 *
 * @param onProcessor tokens a second, of the processor
 * @param worth how many of the card's tokens are worth one of the processor's
 */
async function fasterEngine(
  onCard: (card: Card) => CardWork,
  onProcessor: (engine: Engine) => Promise<number>,
  worth = 1,
): Promise<FasterEngine> {
  const processor = await loadEngine('onnx');
  const takeProcessor = (why: string) => ({
    engine: processor,
    reason: `Computing on the processor. ${why}`,
  });
  try {
    const found = await findCard();
    if (found.isSoftware)
      return takeProcessor(
        `${found.name} is not a graphics card: it computes on the processor too.`,
      );
    const card = await tryCard(onCard(found));
    const here = await onProcessor(processor);
    const factor = (card.tokensPerSecond / here).toPrecision(2);
    const speeds = `${card.name} reads ${count(card.tokensPerSecond)} tokens a second, ${factor} times as many as the processor`;
    if (card.tokensPerSecond > here * worth)
      return {
        engine: await engineOn(card),
        reason: `Computing on the graphics card. ${speeds}.`,
      };
    const needed = worth > 1 ? `; with its many lanes it needs ${worth} times as many` : '';
    return takeProcessor(`${speeds}${needed}.`);
  } catch (error) {
    if (error instanceof EscribaError) return takeProcessor(error.message);
    throw error;
  }
}

/**
 * How many tokens read in a card's many lanes teach as much as one in the processor's few, by a network of H = 128:
 * 1.64 million in 32 lanes came to 1.999 bits per character, and 4.85 million in 256 lanes to 1.998.
 */
const worthOfLanes = 3;

/** How what is faster for a new training is chosen, once its network is known. */
export function fasterForNewRun(threads: number): ChooseEngine {
  return async (network, settingsOn) => {
    const [here, there] = [settingsOn({}), settingsOn({ card: 'any' })];
    return fasterEngine(
      () => ({ kind: 'train', network, settings: there, seconds }),
      (processor) => measureSpeed(processor, network, here, threads, { seconds }),
      there.batch > here.batch ? worthOfLanes : 1,
    );
  };
}

/** What is faster for a run that goes on with its settings. */
export function fasterForRun(
  network: NetworkConfig,
  settings: TrainingSettings,
  threads: number,
): Promise<FasterEngine> {
  return fasterEngine(
    () => ({ kind: 'train', network, settings, seconds }),
    (processor) => measureSpeed(processor, network, settings, threads, { seconds }),
  );
}

/**
 * What is to score or to write with a network: an engine by its name, or the one on a graphics card. A device that is
 * chosen because it is faster is named in a note.
 */
export async function engineFor(
  { terminal }: Cli,
  { device, engine }: { readonly device: DeviceChoice; readonly engine: string },
  kind: 'score' | 'write',
  network: NetworkConfig,
): Promise<string | Engine> {
  checkDevice(device, engine);
  if (device === 'cpu') return engine;
  if (device === 'gpu') return loadCardEngine();
  const faster = await fasterEngine(
    () => ({ kind, network, seconds }),
    (processor) =>
      kind === 'score'
        ? measureScoring(processor, network, usualThreads, { seconds })
        : measureWriting(processor, network, { seconds }),
  );
  terminal.note(faster.reason);
  return faster.engine;
}

async function engineOn({ name }: Card): Promise<Engine & { readonly card: string }> {
  return { ...(await import('../engine/onnx/webgpu/engine.ts')).cardEngine(name), card: name };
}
