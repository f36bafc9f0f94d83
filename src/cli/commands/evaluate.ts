import { z } from 'zod';
import { corpusOf, type NetworkFile, readNetworkFile } from '../../run/model-file.ts';
import { networkOfRun } from '../../run/models.ts';
import type { Store } from '../../store/database.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { engineOption } from '../engines.ts';
import { bits, count } from '../format.ts';
import { oneOf } from '../forms.ts';
import { type Evaluated, readHeldOut } from '../held-out.ts';
import { withStoreToRead } from '../store.ts';

export const evaluate = defineCommand({
  arguments: { model: argument('the number of a run, or a .safetensors file', z.string()) },
  options: {
    part: option('PART', 'validation or test', oneOf(['validation', 'test']).default('validation')),
    corpus: option('NAME', 'what it learnt, where a file does not say it', z.string().optional()),
    engine: engineOption,
    json: flag('write the figure as JSON'),
  },
  run: (cli, { model: named, part, corpus: said, engine, json }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal, now } = cli;
      const model = /^\d+$/.test(named)
        ? ofRun(store, Number(named), now())
        : await readNetworkFile(named);
      const corpus = corpusOf(model, named, said);
      const reading = await readHeldOut(store, engine, model, corpus, part);
      const { bitsPerCharacter, characters } = reading;
      if (json) {
        terminal.json({ model: named, corpus, part, bitsPerCharacter, characters });
      } else {
        const figure = terminal.styled('bold', bits(bitsPerCharacter));
        const read = `the ${part} part of ${corpus}, ${count(characters)} characters`;
        terminal.print(`${figure} bits per character (${read})`);
      }
    }),
});

function ofRun(store: Store, id: number, now: number): Evaluated & Pick<NetworkFile, 'corpus'> {
  const { run, config, tokenizer, weights } = networkOfRun(store, id, now);
  const { corpus, settings } = run;
  return { config, tokenizer, weights, corpus, settings, run: id };
}
