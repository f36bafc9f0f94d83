import { z } from 'zod';
import { BadInput } from '../../errors.ts';
import { openCorpus } from '../../run/corpora.ts';
import { modelOfRun } from '../../run/models.ts';
import type { Store } from '../../store/database.ts';
import { splitCorpus } from '../../text/split.ts';
import { evaluationShape, heldOutBits } from '../../train/evaluation.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { withScorer } from '../engines.ts';
import { bits, count } from '../format.ts';
import { oneOf } from '../forms.ts';
import { corpusOf, type ModelFile, readModelFile } from '../model-file.ts';
import { withStore } from '../store.ts';

export const evaluate = defineCommand({
  arguments: { model: argument('the number of a run, or a .safetensors file', z.string()) },
  options: {
    part: option('PART', 'validation or test', oneOf(['validation', 'test']).default('validation')),
    corpus: option('NAME', 'what it learnt, where a file does not say it', z.string().optional()),
    json: flag('write the figure as JSON'),
  },
  run: (cli, { model: named, part, corpus: said, json }) =>
    withStore(cli, async (store) => {
      const { terminal, now } = cli;
      const model = /^\d+$/.test(named)
        ? ofRun(store, Number(named), now())
        : await readModelFile(named);
      const corpus = corpusOf(model, named, said);
      if (model.settings?.heldOut === 'none') {
        throw new BadInput(
          'It learnt the whole text: nothing of it was held out.',
          `Let it read another text with \`escriba score ${corpus} FILE\`.`,
        );
      }
      const text = splitCorpus(await openCorpus(store, corpus), 'units')[part];
      const bitsPerCharacter = await measure(model, text);
      if (json) {
        terminal.json({ model: named, corpus, part, bitsPerCharacter, characters: text.length });
      } else {
        const figure = terminal.styled('bold', bits(bitsPerCharacter));
        const read = `the ${part} part of ${corpus}, ${count(text.length)} characters`;
        terminal.print(`${figure} bits per character (${read})`);
      }
    }),
});

type Evaluated = Pick<ModelFile, 'config' | 'vocabulary' | 'weights' | 'corpus' | 'settings'>;

function ofRun(store: Store, id: number, now: number): Evaluated {
  const { run, config, vocabulary, weights } = modelOfRun(store, id, now);
  return { config, vocabulary, weights, corpus: run.corpus, settings: run.settings };
}

async function measure({ config, vocabulary, weights }: Evaluated, text: string): Promise<number> {
  const ids = vocabulary.encode(text);
  return withScorer({ ...evaluationShape, config }, (scorer) =>
    heldOutBits(scorer, weights, ids, vocabulary.newlineId),
  );
}
