import { listSupportedBackends } from '../engine/onnx/runtime.ts';
import { cardEngine } from '../engine/onnx/webgpu/engine.ts';
import { measureScoring, measureSpeed, measureWriting } from '../run/measure.ts';
import { type CardAnswer, cardWorkSchema } from './card-work.ts';

// A process of its own that tries the graphics card: a driver that crashes ends this process, and no training.

process.stdout.write(`${JSON.stringify(await answer())}\n`);

async function answer(): Promise<CardAnswer> {
  try {
    if (!listSupportedBackends().some(({ name }) => name === 'webgpu'))
      return { failure: 'this runtime has no WebGPU' };
    return { tokensPerSecond: await tried() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Tokens a second. */
function tried(): Promise<number> {
  const work = cardWorkSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const { network, seconds } = work;
  const engine = cardEngine('the card');
  switch (work.kind) {
    case 'train':
      return measureSpeed(engine, network, work.settings, 1, { seconds });
    case 'score':
      return measureScoring(engine, network, 1, { seconds });
    case 'write':
      return measureWriting(engine, network, { seconds });
  }
}
