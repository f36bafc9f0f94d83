import type { TorchSetup } from '../engine/torch/engine.ts';
import { BadInput } from '../errors.ts';
import type { Machine } from '../train/settings.ts';
import { option } from './define-command.ts';
import { oneOf, rendezvous, whole } from './forms.ts';

/** What a person chooses of the torch engine. */
export type TorchChoices = Omit<TorchSetup, 'python' | 'threads'>;

/** The most of them that can be asked for. */
export const torchLimits = { processes: 64, nodes: 256 } as const;

/** The options of a command that trains, which are for the torch engine alone. */
export const torchOptions = {
  precision: option(
    'KIND',
    'fp32, or bf16 for 16-bit products (torch engine only; default: fp32)',
    oneOf(['fp32', 'bf16']).optional(),
  ),
  processes: option(
    'N',
    'processes that share the batch on each machine (torch engine only; default: 1)',
    whole(1, torchLimits.processes).optional(),
  ),
  nodes: option(
    'N',
    'machines that share the batch (torch engine only; default: 1)',
    whole(1, torchLimits.nodes).optional(),
  ),
  rendezvous: option(
    'HOST:PORT',
    'where the machines find each other: this one',
    rendezvous.optional(),
  ),
};

interface Given {
  readonly precision?: TorchChoices['precision'] | undefined;
  readonly processes?: number | undefined;
  readonly nodes?: number | undefined;
  readonly rendezvous?: string | undefined;
}

/**
 * How the torch engine is to compute.
 *
 * @param begun what a run was begun with, which it goes on with unless asked otherwise
 * @throws BadInput for choices of another engine, and for machines that cannot find each other
 */
export function torchChoices(
  engine: string,
  given: Given,
  begun?: Pick<Machine, 'precision' | 'processes'> | null,
): TorchChoices {
  const { precision, processes, nodes = 1, rendezvous } = given;
  const named = (['precision', 'processes', 'nodes', 'rendezvous'] as const).find(
    (name) => given[name] !== undefined,
  );
  if (engine !== 'torch' && named) {
    throw new BadInput(
      `--${named} is for the torch engine, and this is ${engine}.`,
      `Use --engine torch, or leave out --${named}.`,
    );
  }
  if (nodes > 1 !== (rendezvous !== undefined)) {
    throw new BadInput(
      nodes > 1
        ? `With --nodes ${nodes} the machines must know where to find each other.`
        : '--rendezvous is for several machines.',
      nodes > 1
        ? 'Add --rendezvous with the name and a free port of this machine, such as --rendezvous 192.168.0.10:29400.'
        : 'Say how many with --nodes, or leave it out.',
    );
  }
  return {
    precision: precision ?? (begun?.precision === 'bf16' ? 'bf16' : 'fp32'),
    processes: processes ?? begun?.processes ?? 1,
    nodes,
    rendezvous,
  };
}
