// The talk's own interface: `const rnn = await Rnn.load('bible')`, then `const y = await rnn.step(x)`.

import './require-node.ts';

export type { States } from './engine/engine.ts';
export { BadInput, EscribaError } from './errors.ts';
export type { NetworkConfig } from './network/config.ts';
export { Prediction } from './prediction.ts';
export { type Input, type LoadOptions, Rnn, type WritingOptions } from './rnn.ts';
export type { DrawOptions } from './sample/draw.ts';
export type { TextScore } from './sample/score.ts';
