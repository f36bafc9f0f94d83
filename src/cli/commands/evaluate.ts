import { z } from 'zod';
import { corpusOf, type NetworkFile, readNetworkFile } from '../../run/model-file.ts';
import type { Store } from '../../store/database.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { deviceOption, engineFor } from '../devices.ts';
import { engineOption } from '../engines.ts';
import { bits, counted } from '../format.ts';
import { oneOf } from '../forms.ts';
import { type Evaluated, readHeldOut } from '../held-out.ts';
import { networkAbout, networkNamed } from '../run-choice.ts';
import { withStoreToRead } from '../store.ts';

export const evaluate = defineCommand({
  arguments: { network: argument(`${networkAbout}; or a .safetensors file`, z.string()) },
  options: {
    part: option('PART', 'validation or test', oneOf(['validation', 'test']).default('validation')),
    corpus: option('NAME', 'the text it learned, if the file does not say', z.string().optional()),
    engine: engineOption,
    device: deviceOption,
    json: flag('print the result as JSON'),
  },
  run: (cli, { network: named, part, corpus: said, engine, device, json }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal, now } = cli;
      const model = isFile(named) ? await readNetworkFile(named) : ofRun(store, named, now());
      const corpus = corpusOf(model, named, said);
      const computing = await engineFor(cli, { device, engine }, 'score', model.config);
      const reading = await readHeldOut(store, computing, model, corpus, part);
      const { bitsPerCharacter, characters } = reading;
      if (json) {
        terminal.json({ model: named, corpus, part, bitsPerCharacter, characters });
      } else {
        const figure = terminal.styled('bold', bits(bitsPerCharacter));
        const read = `the ${part} part of ${corpus}, ${counted(characters, 'character')}`;
        terminal.print(`${figure} bits per character (${read})`);
      }
    }),
});

/** What has an ending, or is in a folder; the names of texts have no dot and no slash. */
function isFile(named: string): boolean {
  return /[./\\]/.test(named);
}

function ofRun(store: Store, named: string, now: number): Evaluated & Pick<NetworkFile, 'corpus'> {
  const { run, config, tokenizer, weights } = networkNamed(store, named, undefined, now);
  const { id, corpus, settings } = run;
  return { config, tokenizer, weights, corpus, settings, run: id };
}
