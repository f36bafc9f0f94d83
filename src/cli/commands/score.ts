import { z } from 'zod';
import { decodeText } from '../../../data/decode-text.ts';
import { readTextFile, readTextStream } from '../../../data/plain-text.ts';
import { BadInput } from '../../errors.ts';
import { scoreLongText, scorerShape } from '../../sample/score.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { engineOption, withScorer } from '../engines.ts';
import { bits, count, counted } from '../format.ts';
import { describeModel } from '../model.ts';
import { notePrompt } from '../prompt-notes.ts';
import { networkAbout, networkNamed, runChoice } from '../run-choice.ts';
import { withStoreToRead } from '../store.ts';

export const score = defineCommand({
  arguments: {
    network: argument(networkAbout, z.string()),
    file: argument(
      'the text to score, or - for standard input (default: -)',
      z.string().default('-'),
    ),
  },
  options: {
    run: option('RUN', 'use another run of that text', runChoice.optional()),
    engine: engineOption,
    json: flag("print the result and each token's bits as JSON"),
  },
  run: (cli, { network, file, run, engine, json }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal, now } = cli;
      const model = networkNamed(store, network, run, now());
      const { config, weights, tokenizer } = model;
      const bytes = file === '-' ? await readTextStream(process.stdin) : await readTextFile(file);
      const text = decodeText(bytes);
      const score = await withScorer(engine, { config, ...scorerShape(text.length) }, (scorer) =>
        scoreLongText(scorer, weights, tokenizer, text),
      );
      if (score.characters === 0) {
        throw new BadInput(
          'The text has no character that the network knows.',
          'Name a file, or pipe a text into it: `echo "In the beginning" | escriba score bible`.',
        );
      }
      if (json) {
        const { tokens, ...figures } = score;
        await terminal.jsonWithList({ run: model.run.id, ...figures }, 'tokens', tokens);
        return;
      }
      notePrompt(terminal, score);
      terminal.note(terminal.styledNote('dim', describeModel(model)));
      const { bitsPerCharacter, characters, leftOutCount } = score;
      const figure = terminal.styled('bold', bits(bitsPerCharacter));
      const apart = leftOutCount > 0 ? `, and ${count(leftOutCount)} left out` : '';
      terminal.print(`${figure} bits per character (${counted(characters, 'character')}${apart})`);
    }),
});
