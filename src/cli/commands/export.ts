import { extname } from 'node:path';
import { z } from 'zod';
import { stepModelFile } from '../../network/step-model.ts';
import { type Model, modelOfRun } from '../../run/models.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { count } from '../format.ts';
import { runNumber } from '../forms.ts';
import { describeModel } from '../model.ts';
import { modelFile, writeBytes } from '../model-file.ts';
import { withStore } from '../store.ts';

/** By the file's extension. */
const formats: Readonly<Record<string, (model: Model) => Uint8Array>> = {
  '.safetensors': modelFile,
  '.onnx': ({ config, weights }) => stepModelFile(config, weights),
};

const filename = z
  .string()
  .refine((path) => extname(path) in formats, 'it must end in .safetensors or .onnx');

export const exportModel = defineCommand({
  arguments: { run: argument('the number of the run', runNumber) },
  options: {
    to: option('FILE', 'X.safetensors for PyTorch, or X.onnx for an ONNX runtime', filename),
    json: flag('write what was exported as JSON'),
  },
  run: (cli, { run, to, json }) =>
    withStore(cli, async (store) => {
      const { terminal, now } = cli;
      const model = modelOfRun(store, run, now());
      const bytes = formats[extname(to)]?.(model) ?? new Uint8Array();
      await writeBytes(to, bytes);
      const { step } = model.checkpoint;
      if (json) terminal.json({ run, step, file: to, bytes: bytes.length });
      else terminal.print(`Wrote ${describeModel(model)} to ${to} (${count(bytes.length)} bytes).`);
    }),
});
