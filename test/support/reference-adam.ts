import type { Vector } from './reference-cells.ts';

/** What one step of the optimizer is told. */
interface AdamOptions {
  /** Counted from 1. */
  readonly step: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly clip: number;
  readonly emaDecay: number;
}

/** What the optimizer keeps for a parameter. */
export interface AdamState {
  readonly shape: readonly number[];
  readonly w: Vector;
  readonly m: Vector;
  readonly v: Vector;
  readonly average: Vector;
}

/**
 * One step of Adam as Kingma and Ba (2015) write it, with decoupled weight decay of all but biases, after clipping by
 * the global norm; the average's memory grows to `emaDecay`. It works in place and gives the norm before clipping.
 */
export function referenceAdam(
  parameters: Readonly<Record<string, AdamState>>,
  gradients: Readonly<Record<string, Vector>>,
  { step, learningRate, weightDecay, clip, emaDecay }: AdamOptions,
): number {
  const squares = Object.values(gradients).flatMap((gradient) => [...gradient.map((g) => g * g)]);
  const norm = Math.sqrt(squares.reduce((sum, square) => sum + square));
  const factor = norm > clip ? clip / norm : 1;
  const memory = Math.min(emaDecay, (1 + step) / (10 + step));
  for (const [name, { shape, w, m, v, average }] of Object.entries(parameters)) {
    const decay = shape[1] === 1 ? 0 : learningRate * weightDecay;
    gradients[name]?.forEach((value, k) => {
      const g = value * factor;
      m[k] = 0.9 * (m[k] ?? 0) + 0.1 * g;
      v[k] = 0.999 * (v[k] ?? 0) + 0.001 * g * g;
      const first = m[k] / (1 - 0.9 ** step);
      const second = v[k] / (1 - 0.999 ** step);
      const before = w[k] ?? 0;
      w[k] = before - decay * before - (learningRate * first) / (Math.sqrt(second) + 1e-8);
      average[k] = memory * (average[k] ?? 0) + (1 - memory) * w[k];
    });
  }
  return norm;
}
