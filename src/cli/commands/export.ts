import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { z } from 'zod';
import { BadInput, EscribaError } from '../../errors.ts';
import { stepModelFile } from '../../network/step-model.ts';
import { type HeldOutFigures, modelFile, parseModelFile } from '../../run/model-file.ts';
import { type Model, modelOfRun } from '../../run/models.ts';
import type { Store } from '../../store/database.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { bits, count } from '../format.ts';
import { runNumber } from '../forms.ts';
import { readHeldOut } from '../held-out.ts';
import { describeModel } from '../model.ts';
import { withStore } from '../store.ts';

const filename = z
  .string()
  .refine(
    (path) => ['.safetensors', '.onnx'].includes(extname(path)),
    'it must end in .safetensors or .onnx',
  );

export const exportModel = defineCommand({
  arguments: { run: argument('the number of the run', runNumber) },
  options: {
    to: option('FILE', 'X.safetensors for PyTorch, or X.onnx for an ONNX runtime', filename),
    half: flag('weights in half precision: half the space (.safetensors)'),
    evaluate: flag('measure what is written on the held-out parts, and note it in the file'),
    json: flag('write what was exported as JSON'),
  },
  run: (cli, { run, to, half, evaluate, json }) =>
    withStore(cli, async (store) => {
      const { terminal, now } = cli;
      const model = modelOfRun(store, run, now());
      if (extname(to) === '.onnx' && (half || evaluate)) {
        throw new BadInput(
          `--half and --evaluate are for .safetensors files; ${to} is none.`,
          'Leave them out, or name a .safetensors file.',
        );
      }
      const { bytes, heldOut } =
        extname(to) === '.onnx'
          ? { bytes: stepModelFile(model.config, model.weights) }
          : await safetensors(store, model, half, evaluate);
      await writeBytes(to, bytes);
      const { step } = model.checkpoint;
      if (json) {
        terminal.json({ run, step, file: to, bytes: bytes.length, ...(heldOut && { heldOut }) });
        return;
      }
      terminal.print(`Wrote ${describeModel(model)} to ${to} (${count(bytes.length)} bytes).`);
      if (heldOut) {
        terminal.print(
          `As written: ${bits(heldOut.validation)} bits per character (validation), ${bits(heldOut.test)} (test).`,
        );
      }
    }),
});

async function safetensors(
  store: Store,
  model: Model,
  half: boolean,
  evaluate: boolean,
): Promise<{ readonly bytes: Uint8Array; readonly heldOut?: HeldOutFigures }> {
  const precision = half ? 'F16' : 'F32';
  const bytes = modelFile(store, model, precision);
  if (!evaluate) return { bytes };
  const written = { ...parseModelFile(bytes), run: model.run.id };
  const read = async (part: 'validation' | 'test') =>
    (await readHeldOut(store, 'onnx', written, model.run.corpus, part)).bitsPerCharacter;
  const heldOut = { validation: await read('validation'), test: await read('test') };
  return { bytes: modelFile(store, model, precision, heldOut), heldOut };
}

/** Writes a file whole. @throws EscribaError where the disk does not take it */
async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EscribaError(
      `The file ${path} could not be written: ${reason}.`,
      'Name another place, or make room.',
      { cause },
    );
  }
}
