import { randomInt } from 'node:crypto';
import { text as textOf } from 'node:stream/consumers';
import { z } from 'zod';
import { findText, passageKindOf } from '../../run/corpora.ts';
import { usualDraw } from '../../sample/draw.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { engineOption } from '../engines.ts';
import { decimal, randomSeed, runNumber, whole, withoutMissing } from '../forms.ts';
import { chosenModel, describeModel } from '../model.ts';
import { notePrompt } from '../prompt-notes.ts';
import { withStoreToRead } from '../store.ts';
import { showText, writeText } from '../write-text.ts';

/** Characters where no other end is asked for, and where one is, in case it never comes. */
const usualLength = 500;
const longestLength = 20_000;

export const write = defineCommand({
  arguments: {
    corpus: argument('what it learnt: bible, plato, or a text of your own', z.string()),
  },
  options: {
    seed: option(
      'TEXT',
      'what the text goes on from; a - or … after its last word asks for more letters of it',
      z.string().default(''),
    ),
    length: option(
      'N',
      `characters to write (default: ${usualLength}, or until --verses, --paragraphs or --sentences)`,
      whole(1, 10_000_000).optional(),
    ),
    verses: option(
      'N',
      "verses (of other texts, paragraphs or lines), the seed's own the first",
      whole(1, 100_000).optional(),
    ),
    paragraphs: option('N', 'the same, of a text that has no verses', whole(1, 100_000).optional()),
    sentences: option('N', "sentences, the seed's own the first", whole(1, 100_000).optional()),
    temperature: option(
      'T',
      'below 1 likelier, above 1 stranger; 0 takes the likeliest always',
      decimal(0, 10).default(usualDraw.temperature),
    ),
    topP: option(
      'P',
      'draw among the likeliest that have this chance together',
      decimal(0, 1).default(usualDraw.topP),
    ),
    topK: option('N', 'draw among so many of the likeliest', whole(1, 100_000).optional()),
    minP: option(
      'P',
      'draw among those at least this share as likely as the likeliest (default: 0)',
      decimal(0, 1).optional(),
    ),
    randomSeed: option('N', 'repeats a text (default: a new one, told)', randomSeed.optional()),
    run: option('RUN', 'the run that writes (default: the one that serves)', runNumber.optional()),
    engine: engineOption,
    json: flag('write the text and what it was made with as JSON'),
  },
  run: (cli, { corpus, ...given }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal, now } = cli;
      const model = chosenModel(store, corpus, given.run, now());
      const chance = given.randomSeed ?? randomInt(2 ** 32);
      const passages = given.verses ?? given.paragraphs;
      const hasOtherEnd = passages !== undefined || given.sentences !== undefined;
      const request = {
        seed: given.seed,
        temperature: given.temperature,
        topP: given.topP,
        topK: given.topK ?? usualDraw.topK,
        characters: given.length ?? (hasOtherEnd ? longestLength : usualLength),
        ...withoutMissing({ passages, sentences: given.sentences, minP: given.minP }),
        passageKind: passageKindOf(store, corpus),
        randomSeed: chance,
      };
      const learnt = given.seed === '' ? undefined : await findText(store, corpus);
      const written = writeText(model, request, given.engine, learnt);
      if (given.json) {
        const { seed, prompt } = written;
        terminal.json({
          run: model.run.id,
          step: model.checkpoint.step,
          randomSeed: chance,
          seed,
          text: await textOf(written.pieces),
          rewritten: prompt.rewritten,
          leftOut: prompt.leftOut,
        });
        return;
      }
      notePrompt(terminal, written.prompt);
      terminal.note(terminal.styledNote('dim', `${describeModel(model)}, random seed ${chance}`));
      await showText(terminal, written);
    }),
});
