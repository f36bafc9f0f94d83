import type { Engine, Scorer, ScorerSetup } from '../engine/engine.ts';
import { EscribaError } from '../errors.ts';
import { usualThreads } from '../run/usual-threads.ts';
import { option } from './define-command.ts';
import { oneOf } from './forms.ts';
import type { TorchChoices } from './torch-options.ts';

/** The engines by name. Its library is loaded, or Python started, only when one is to compute. */
const engines = {
  onnx: async () => (await import('../engine/onnx/engine.ts')).onnxEngine,
  tfjs: async (threads) => (await import('../engine/tfjs/load.ts')).loadTfjsEngine(threads),
  torch: async (threads, choices) =>
    (await import('../engine/torch/engine.ts')).loadTorchEngine({ threads, ...choices }),
} as const satisfies Readonly<
  Record<string, (threads: number, choices: TorchChoices) => Promise<Engine>>
>;

export type EngineChoice = keyof typeof engines;
export const engineChoices: readonly EngineChoice[] = ['onnx', 'tfjs', 'torch'];

/** The option of a command that computes. */
export const engineOption = option(
  'NAME',
  'onnx (ONNX Runtime), tfjs (TensorFlow.js) or torch (PyTorch)',
  oneOf(engineChoices).default('onnx'),
);

/**
 * @param threads processors to compute with, for an engine that must know it when it is loaded
 * @param choices of the torch engine
 * @throws EscribaError where this program has no engine of that name, or the engine is not installed
 */
export async function loadEngine(
  name: string,
  threads = usualThreads,
  choices: TorchChoices = { precision: 'fp32', processes: 1, nodes: 1 },
): Promise<Engine> {
  const choice = engineChoices.find((each) => each === name);
  if (choice) return engines[choice](threads, choices);
  throw new EscribaError(
    `There is no engine "${name}" here.`,
    `Choose another with --engine: ${engineChoices.join(', ')}.`,
  );
}

/** Reads texts with a network, and lets its threads go. @param computing an engine, or the name of one */
export async function withScorer<Result>(
  computing: string | Engine,
  setup: Omit<ScorerSetup, 'threads'>,
  work: (scorer: Scorer) => Promise<Result>,
): Promise<Result> {
  const engine = typeof computing === 'string' ? await loadEngine(computing) : computing;
  const scorer = await engine.scorer({ ...setup, threads: usualThreads });
  try {
    return await work(scorer);
  } finally {
    await scorer.close();
  }
}
