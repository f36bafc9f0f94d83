import { Command } from 'commander';
import { expect, test } from 'vitest';
import { train } from '../../src/cli/commands/train.ts';
import { Terminal } from '../../src/cli/terminal.ts';
import { limits } from '../../src/train/limits.ts';
import { fieldsOf } from '../../tui/screens/new/fields.ts';
import { moreFieldsOf } from '../../tui/screens/new/more-fields.ts';
import { firstWish } from '../../tui/screens/new/wish.ts';
import { temporaryDirectory } from '../store/temporary.ts';

/** Fields of the form, and the options of `train` that take the same. */
const options = {
  hidden: 'hidden',
  layers: 'layers',
  embedding: 'embedding',
  batch: 'batch',
  unroll: 'unroll',
  dropout: 'dropout',
  'learning rate': 'lr',
} as const;

const terminal = new Terminal(process.stdout, process.stderr, Date.now, undefined);

/** What `train` says of an option: that it cannot be, or that it does not know the text. */
async function isTaken(option: string, text: string): Promise<boolean> {
  const cli = {
    terminal,
    environment: { ESCRIBA_DB: `${temporaryDirectory()}/escriba.db`, ESCRIBA_MODELS: 'none' },
    now: Date.now,
    monotonic: Date.now,
  };
  const command = new Command('train').exitOverride();
  train(command, cli);
  const failure = await command
    .parseAsync(['no-such-text', `--${option}=${text}`], { from: 'user' })
    .catch((error) => String(error));
  expect(failure).toMatch(/no text called "no-such-text"|cannot be/);
  return !String(failure).includes('cannot be');
}

const typedInto = (title: string, text: string, unit = firstWish.unit) =>
  [...fieldsOf({ ...firstWish, unit }, { corpora: [], runs: [] }), ...moreFieldsOf(firstWish)]
    .find((field) => field.title === title)
    ?.type?.(text) !== undefined;

test('the form and the command line take the same numbers, and refuse the same', async () => {
  const cases = [
    ...Object.entries(options).flatMap(([title, option]) => {
      const limit = limits[option === 'lr' ? 'learningRate' : option];
      const [least, most] = [limit.minValue ?? 0, limit.maxValue ?? 0];
      const texts = [least, most, least - 1, most + 0.01, `${most}0`, 'x', '1e-1', '0x10', '1,000'];
      return texts.map((text) => ({ title, option, text: String(text), unit: firstWish.unit }));
    }),
    ...(['minutes', 'passes', 'steps'] as const).flatMap((unit) =>
      ['0', '0.5', '1', '1e6', '1e8', '1e9', '1e10', '-1'].map((text) => ({
        ...{ title: 'budget', option: unit, text, unit },
      })),
    ),
  ];
  for (const { title, option, text, unit } of cases) {
    expect([title, text, typedInto(title, text, unit)]).toEqual([
      title,
      text,
      await isTaken(option, text),
    ]);
  }
  expect(typedInto('embedding', '3000')).toBe(false);
  expect(typedInto('budget', '1e8')).toBe(false);
  expect(typedInto('batch', '2000')).toBe(true);
  expect(typedInto('unroll', '2000')).toBe(true);
  expect(typedInto('dropout', '0.93')).toBe(true);
}, 120_000);
