import { availableParallelism } from 'node:os';
import type { Machine } from '../train/settings.ts';

const named = {
  version: 'Escriba',
  engine: 'the engine',
  engineVersion: "the engine's version",
  processor: 'the processor',
  threads: 'threads:',
  precision: 'precision',
  processes: 'processes:',
  nodes: 'machines:',
} as const;

/**
 * What a person should know before a run goes on elsewhere than where it was begun.
 * @param here what it goes on with
 * @param unknown settings of the run that this version does not know
 * @param processors that this machine has
 */
export function resumeNotices(
  begun: Machine,
  here: Machine,
  unknown: Readonly<Record<string, unknown>>,
  processors = availableParallelism(),
): string[] {
  const parts = [
    ...(['version', 'engine', 'engineVersion', 'processor', 'threads'] as const),
    ...(['precision', 'processes', 'nodes'] as const),
  ];
  const different = parts.filter(
    (part) => here[part] !== undefined && (begun[part] ?? here[part]) !== here[part],
  );
  const isElsewhere = begun.card !== here.card;
  const describe = (machine: Machine) =>
    [
      ...different.map((part) => `${named[part]} ${machine[part]}`),
      ...(isElsewhere
        ? [machine.card ? `the graphics card ${machine.card}` : 'no graphics card']
        : []),
    ].join(', ');
  return [
    ...(different.length > 0 || isElsewhere
      ? [
          `This run was started with ${describe(begun)} and resumes with ${describe(here)}: its last digits can differ.`,
        ]
      : []),
    ...(here.threads > processors
      ? [
          `It uses ${here.threads} threads, and this machine has ${processors} processors: \`--threads ${processors}\` is faster.`,
        ]
      : []),
    ...Object.entries(unknown).map(
      ([name, value]) =>
        `It was started with ${name} ${JSON.stringify(value)}, which this version of Escriba does not know and ignores.`,
    ),
  ];
}
