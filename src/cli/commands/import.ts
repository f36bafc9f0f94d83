import { z } from 'zod';
import { cellNamed } from '../../network/cells/cells.ts';
import { corpusNames, noSuchCorpus } from '../../run/corpora.ts';
import { keepModel } from '../../run/keep-model.ts';
import { corpusOf, readNetworkFile } from '../../run/model-file.ts';
import { servingWords } from '../../run/serving-words.ts';
import { servingVerdict } from '../../store/serving.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { describeNetwork } from '../format.ts';
import { withStore } from '../store.ts';

export const importModel = defineCommand({
  arguments: { file: argument('a .safetensors file from Escriba or PyTorch', z.string()) },
  options: {
    corpus: option('NAME', 'the text it learned, if the file does not say', z.string().optional()),
    json: flag('print the new run as JSON'),
  },
  run: (cli, { file, corpus: said, json }) =>
    withStore(cli, async (store) => {
      const { terminal, now } = cli;
      const read = await readNetworkFile(file);
      const corpus = corpusOf(read, file, said);
      // What the file says may be a text of another machine; what is typed must be one of this.
      if (said !== undefined && !corpusNames(store).includes(said)) throw noSuchCorpus(store, said);
      const run = keepModel(store, read, { corpus, origin: 'imported' }, now());
      if (json) terminal.json({ run, corpus, network: read.config });
      else {
        terminal.print(`Run ${run}: ${describeNetwork(read.config)}, which learned ${corpus}.`);
        if (cellNamed(read.config.cell).pytorch === 'RNN' && read.settings === null) {
          terminal.note(
            'An nn.RNN with nonlinearity="relu" looks the same in a file: this one is taken for tanh.',
          );
        }
        terminal.print(`Try it: \`escriba write ${corpus} --run ${run}\`.`);
        terminal.print(servingWords(servingVerdict(store, run)));
      }
    }),
});
