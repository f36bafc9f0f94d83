import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { z } from 'zod';
import { BadInput } from '../../errors.ts';
import type { NamedArrays } from '../../network/config.ts';
import type { Precision } from '../../network/safetensors.ts';
import { stepModelFile } from '../../network/step-model.ts';
import { type Measured, modelFile, parseNetworkFile } from '../../run/model-file.ts';
import type { StoredNetwork } from '../../run/models.ts';
import { writeFileWhole } from '../../run/write-file-whole.ts';
import type { Store } from '../../store/database.ts';
import { saveTokenizer } from '../../text/tokenizer/saved-tokenizer.ts';
import { calibration, scaleLogits } from '../../train/calibration.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { count, bits as figure } from '../format.ts';
import { oneOf } from '../forms.ts';
import { type HeldOutPart, readHeldOut } from '../held-out.ts';
import { describeModel } from '../model.ts';
import { networkAbout, networkNamed } from '../run-choice.ts';
import { withStoreToRead } from '../store.ts';

/** By bits a weight. */
const precisions = { 32: 'F32', 16: 'F16', 8: 'I8' } as const satisfies Record<string, Precision>;
const precisionNames = ['32', '16', '8'] as const;

const filename = z
  .string()
  .refine(
    (path) => ['.safetensors', '.onnx'].includes(extname(path)),
    'it must end in .safetensors or .onnx',
  );

export const exportModel = defineCommand({
  arguments: { network: argument(networkAbout, z.string()) },
  options: {
    to: option(
      'FILE',
      'the file to write: .safetensors for PyTorch, .onnx for an ONNX runtime',
      filename,
    ),
    bits: option(
      'N',
      'bits per weight: 32, 16 or 8, which costs next to nothing in quality (.safetensors only)',
      oneOf(precisionNames).default('32'),
    ),
    evaluate: flag(
      'measure the exported network on the held-out parts, and record that in the file',
    ),
    calibrate: flag(
      'rescale the logits to fit the validation part (temperature scaling); implies --evaluate',
    ),
    force: flag('replace the file if there is one'),
    json: flag('print what was exported as JSON'),
  },
  run: (cli, { network, to, bits, evaluate, calibrate, force, json }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal, now } = cli;
      const model = networkNamed(store, network, undefined, now());
      const run = model.run.id;
      if (extname(to) === '.onnx' && (bits !== '32' || evaluate || calibrate)) {
        throw new BadInput(
          `--bits, --evaluate and --calibrate are for .safetensors files; ${to} is not one.`,
          'Leave them out, or name a .safetensors file.',
        );
      }
      // A pipe or a device loses nothing by being written to.
      if (!force && statSync(to, { throwIfNoEntry: false })?.isFile()) {
        throw new BadInput(
          `There is a file ${to} already.`,
          'Name another, or replace it with --force.',
        );
      }
      const { bytes, ...told }: Exported =
        extname(to) === '.onnx'
          ? { bytes: stepFile(model) }
          : await safetensors(store, model, precisions[bits], { evaluate, calibrate });
      await writeFileWhole(to, bytes);
      const { step } = model.checkpoint;
      if (json) {
        terminal.json({ run, step, file: to, bytes: bytes.length, ...told });
        return;
      }
      const { heldOut, logitsTimes } = told;
      terminal.print(`Wrote ${describeModel(model)} to ${to} (${count(bytes.length)} bytes).`);
      if (logitsTimes !== undefined) {
        terminal.print(`Its logits were multiplied by ${logitsTimes.toFixed(3)}.`);
      }
      if (heldOut) {
        terminal.print(
          `As written: ${figure(heldOut.validation)} bits per character (validation), ${figure(heldOut.test)} (test).`,
        );
      }
    }),
});

/** With what it takes to read a text, in the file's metadata: as in a `.safetensors` file. */
function stepFile({ config, weights, tokenizer }: StoredNetwork): Uint8Array {
  const { vocabulary, tokenizer: json } = saveTokenizer(tokenizer);
  const metadata = {
    config: JSON.stringify(config),
    vocabulary: JSON.stringify(vocabulary),
    ...(json !== null && { tokenizer: json }),
  };
  return stepModelFile(config, weights, { metadata });
}

interface Exported extends Measured {
  readonly bytes: Uint8Array;
}

async function safetensors(
  store: Store,
  model: StoredNetwork,
  precision: Precision,
  { evaluate, calibrate }: Readonly<Record<'evaluate' | 'calibrate', boolean>>,
): Promise<Exported> {
  const { run } = model;
  const bitsOf = async (weights: NamedArrays, part: HeldOutPart) => {
    const judged = { ...model, weights, settings: run.settings, run: run.id };
    return (await readHeldOut(store, 'onnx', judged, run.corpus, part)).bitsPerCharacter;
  };
  if (!evaluate && !calibrate) return { bytes: modelFile(store, model, precision) };
  const logitsTimes = calibrate
    ? await calibration((factor) =>
        bitsOf(scaleLogits(model.config, model.weights, factor), 'validation'),
      )
    : 1;
  const written = { ...model, weights: scaleLogits(model.config, model.weights, logitsTimes) };
  const { weights } = parseNetworkFile(modelFile(store, written, precision));
  const measured: Measured = {
    heldOut: {
      validation: await bitsOf(weights, 'validation'),
      test: await bitsOf(weights, 'test'),
    },
    ...(calibrate && { logitsTimes }),
  };
  return { bytes: modelFile(store, written, precision, measured), ...measured };
}
