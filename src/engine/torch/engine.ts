import type { ComputeChoices, Engine } from '../engine.ts';
import { Connection } from './connection.ts';
import type { Placement } from './launch.ts';
import { pythonCommand } from './python.ts';
import { torchScorer } from './scorer.ts';
import { torchStepper } from './stepper.ts';
import { torchTrainer } from './trainer.ts';

/** How the torch engine computes. */
export interface TorchSetup extends Placement {
  /** The command of a Python. @default the one that ESCRIBA_PYTHON names, else `python3` */
  readonly python?: string;
  /** Processors to compute with, of all processes of this machine. */
  readonly threads: number;
  readonly precision: ComputeChoices['precision'];
}

/**
 * PyTorch as an engine: Python computes what it is asked for, on the graphics card where PyTorch has one.
 *
 * @throws EscribaError where there is no Python or no PyTorch in it
 */
export async function loadTorchEngine({
  python = pythonCommand(),
  threads,
  precision,
  ...placement
}: TorchSetup): Promise<Engine> {
  const connection = await Connection.open(python, threads, placement);
  const { torch, device } = connection.hello;
  const { processes, nodes } = placement;
  return {
    name: 'torch',
    version: torch,
    about: describe(torch, device, { precision, processes, nodes }),
    choices: { precision, processes, nodes },
    trainer: async (setup, state) => torchTrainer(connection, setup, state, precision),
    scorer: async (setup) => torchScorer(connection, setup),
    stepper: async (setup) => torchStepper(connection, setup),
  };
}

function describe(
  version: string,
  device: string,
  { precision, processes, nodes }: ComputeChoices,
): string {
  const where = device === 'cpu' ? 'the processor (cpu)' : `the graphics card (cuda): ${device}`;
  const shared =
    processes * nodes === 1
      ? ''
      : `, ${processes} ${processes === 1 ? 'process' : 'processes'}${nodes === 1 ? '' : ` on each of ${nodes} machines`}`;
  return `PyTorch ${version} on ${where}, ${precision}${shared}`;
}
