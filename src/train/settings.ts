/** How a network is trained: with the network's shape, the text and the random seed, all a run follows from. */
export interface TrainingSettings {
  /** B: lanes of the text read side by side. */
  readonly batch: number;
  /** T: characters a lane advances by in a step, and the steps back that the gradient takes. */
  readonly unroll: number;
  /** The budget, in steps; the schedule ends with it. */
  readonly steps: number;
  /** The peak of Adam's learning rate. */
  readonly learningRate: number;
  /** Steps of linear warm-up before the cosine begins. */
  readonly warmUp: number;
  /** What the cosine ends at, as a share of the peak. */
  readonly finalShare: number;
  /** Decoupled weight decay, a share of a weight per step at learning rate 1. */
  readonly weightDecay: number;
  /** The global norm above which gradients are scaled down to it. */
  readonly clip: number;
  /** The chance that a unit of a layer's output is left out, 0 to below 1. */
  readonly dropout: number;
  /** The chance that a weight of a layer's recurrent matrices is left out, 0 to below 1. */
  readonly recurrentDropout: number;
  /** The decay of the moving average of the weights that evaluation and checkpoints use; 0 keeps none. */
  readonly averaging: number;
  /** Evaluations in a row without a better validation figure before the run ends early; 0 is never. */
  readonly patience: number;
  /** Steps between evaluations. */
  readonly evaluateEvery: number;
  readonly randomSeed: number;
  readonly heldOut: 'units' | 'none';
}

/** What a run computes on. Resumed where any of these differs, its numbers can differ in the last bits. */
export interface Machine {
  readonly engine: string;
  readonly engineVersion: string;
  readonly processor: string;
  readonly threads: number;
}
