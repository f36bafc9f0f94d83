import { BinaryReader } from '@bufbuild/protobuf/wire';
import { InferenceSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { initialParameters } from '../../src/network/parameters.ts';
import { stepModelFile } from '../../src/network/step-model.ts';

const config = { cell: 'gru', vocabularySize: 3, embedding: 2, hidden: 8, layers: 1 } as const;

test('an .onnx file has its metadata where runtimes look for it', async () => {
  const metadata = { vocabulary: '["\\n","a"," the"]', config: '{}' };
  const weights = initialParameters(config, () => 0.5);
  const file = stepModelFile(config, weights, { metadata });
  const found: Record<string, string> = {};
  const reader = new BinaryReader(file);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field !== 14) {
      reader.skip(type);
      continue;
    }
    const entry = new BinaryReader(reader.bytes());
    entry.tag();
    const key = entry.string();
    entry.tag();
    found[key] = entry.string();
  }
  expect(found).toEqual(metadata);
  const session = await InferenceSession.create(file);
  expect(session.inputNames).toEqual(['ids', 'layer0.hidden']);
  await session.release();
});
