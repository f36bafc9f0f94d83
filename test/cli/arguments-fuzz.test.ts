import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NetworkConfig } from '../../src/network/config.ts';
import { toSafetensors } from '../../src/network/network-file.ts';
import { initialParameters } from '../../src/network/parameters.ts';
import { keepModel } from '../../src/run/keep-model.ts';
import { parseNetworkFile } from '../../src/run/model-file.ts';
import { openStore } from '../../src/store/open.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { saveTokenizer } from '../../src/text/tokenizer/saved-tokenizer.ts';
import { addText } from '../run/runs.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { fuzzCases } from '../support/fuzz.ts';
import { type TypedCommand, typedCommands } from '../support/typed-commands.ts';
import { answerOf, newEscriba } from './escriba.ts';
import { ownText } from './own-text.ts';

/** What lasts longer is interrupted, as a person would; what then lasts longer still hangs. In milliseconds. */
const patience = 2_000;
const longestLeave = 20_000;

/** A store with a text and a network that learned it, and that network as a file. */
function makeStore(folder: string): { readonly store: string; readonly model: Uint8Array } {
  const tokenizer = CharacterTokenizer.of(ownText);
  const shape = { embedding: 4, hidden: 8, layers: 1 };
  const config: NetworkConfig = { cell: 'lstm', vocabularySize: tokenizer.size, ...shape };
  const weights = initialParameters(config, () => 0.5);
  const model = toSafetensors({ config, ...saveTokenizer(tokenizer), weights, metadata: {} });
  const path = join(folder, 'full.db');
  const store = openStore(path);
  addText(store, 'own', ownText.split('\n\n'));
  keepModel(store, parseNetworkFile(model), { corpus: 'own', origin: 'imported' }, 0);
  store.close();
  return { store: path, model };
}

const word = fc.oneof(
  fc.constantFrom(
    ...['', '.', '-', '--', '--json', '--help', '-x', '--no-such', '-n=1', 'bible', 'plato'],
    ...['no.txt', 'a/b', '0', '-1', '2', '0.5', '1e9', 'NaN', 'out.onnx', 'out.safetensors'],
  ),
  // No argument of a process holds a NUL, and nothing is to be written outside the folder.
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replace(/[\0/]/g, '0')),
);
/** What suits most arguments and options, and whatever else. */
const value = fc.oneof(
  fc.constantFrom('own', '1', 'latest', 'own.txt', 'own.safetensors'),
  fc.constantFrom('1', '3', '0.5', 'bpe', 'gru', 'none', 'one-hot', 'latin1', 'bash', 'en'),
  word,
);

/** A command with as many arguments as it takes, some of its options, and sometimes a word too many. */
function lineOf({ words, command }: TypedCommand): fc.Arbitrary<string[]> {
  const given = fc.tuple(...command.registeredArguments.map(() => value));
  const options = command.options
    // A training in the background would outlive the test.
    .filter(({ long }) => long !== '--detach')
    .map(({ long, required }) =>
      required ? value.map((typed) => `${long}=${typed}`) : fc.constant(`${long}`),
    );
  const chosen =
    options.length > 0 ? fc.array(fc.oneof(...options), { maxLength: 3 }) : fc.constant([]);
  const extra = fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    fc.array(word, { maxLength: 2 }),
  );
  // Nothing is asked of another machine.
  const kept = words[1] === 'fetch' ? ['--file=own.txt'] : [];
  return fc.tuple(given, chosen, extra).map((pieces) => [...words, ...kept, ...pieces.flat()]);
}

test('whatever is typed after escriba, it ends with 0, 1 or 2, or at Ctrl-C, and shows no stack', async () => {
  const known = await typedCommands(temporaryDirectory());
  const full = makeStore(temporaryDirectory());
  const line = fc.oneof(
    { weight: 1, arbitrary: fc.array(word, { maxLength: 4 }) },
    { weight: 9, arbitrary: fc.constantFrom(...known).chain(lineOf) },
  );
  await fc.assert(
    fc.asyncProperty(line, async (typed) => {
      const { directory, store, file, start } = newEscriba();
      copyFileSync(full.store, store);
      file('own.txt', ownText);
      file('own.safetensors', full.model);
      const child = start(...typed);
      child.stdin.end();
      const interrupt = setTimeout(() => child.kill('SIGINT'), patience);
      const end = setTimeout(() => child.kill('SIGKILL'), patience + longestLeave);
      const { code, signal, stdout, stderr } = await answerOf(child);
      clearTimeout(interrupt);
      clearTimeout(end);
      rmSync(directory, { recursive: true });
      const isInterrupted = child.killed && (code === 130 || signal === 'SIGINT');
      expect(isInterrupted || (code !== null && code <= 2), `${code ?? signal} ${stderr}`).toBe(
        true,
      );
      expect(`${stdout}${stderr}`).not.toMatch(/^ {4}at |bug in Escriba|Uncaught|node:internal/m);
    }),
    { numRuns: Math.ceil(fuzzCases / 250) },
  );
});
