import { randomInt } from 'node:crypto';
import { createInterface } from 'node:readline';
import { text as textOf } from 'node:stream/consumers';
import { z } from 'zod';
import { decodeText } from '../../../data/decode-text.ts';
import { readTextFile } from '../../../data/plain-text.ts';
import { BadInput } from '../../errors.ts';
import { findText, passageKindOf } from '../../run/corpora.ts';
import { writeFileWhole } from '../../run/write-file-whole.ts';
import { usualDraw } from '../../sample/draw.ts';
import { endBefore } from '../../sample/stop-string.ts';
import { argument, defineCommand, flag, option } from '../define-command.ts';
import { deviceOption, engineFor } from '../devices.ts';
import { engineOption } from '../engines.ts';
import { decimal, randomSeed, whole, withoutMissing } from '../forms.ts';
import { describeModel } from '../model.ts';
import { notePrompt } from '../prompt-notes.ts';
import { networkAbout, networkNamed, runChoice } from '../run-choice.ts';
import { withStoreToRead } from '../store.ts';
import { showText, writeText } from '../write-text.ts';

/** Characters where no other end is asked for, and where one is, in case it never comes. */
const usualLength = 500;
const longestLength = 20_000;

export const write = defineCommand({
  arguments: {
    network: argument(networkAbout, z.string()),
  },
  options: {
    seed: option(
      'TEXT',
      'the text to continue, or - for standard input; end it with - or … to have its last word completed',
      z.string().default(''),
      's',
    ),
    seedFile: option('FILE', 'read the seed from a file', z.string().optional()),
    length: option(
      'N',
      `characters to write (default: ${usualLength}, or until --verses, --paragraphs or --sentences)`,
      whole(1, 10_000_000).optional(),
      'n',
    ),
    verses: option(
      'N',
      "verses (of other texts, paragraphs or lines), counting the seed's own",
      whole(1, 100_000).optional(),
    ),
    paragraphs: option('N', 'the same, for a text without verses', whole(1, 100_000).optional()),
    sentences: option('N', "sentences, counting the seed's own", whole(1, 100_000).optional()),
    stop: option('TEXT', 'stop before this text', z.string().min(1).optional()),
    temperature: option(
      'T',
      'below 1 more predictable, above 1 stranger; 0 always takes the likeliest',
      decimal(0, 10).default(usualDraw.temperature),
      't',
    ),
    topP: option(
      'P',
      'sample from the likeliest tokens whose probabilities add up to P',
      decimal(0, 1).default(usualDraw.topP),
    ),
    topK: option('N', 'sample from the N likeliest tokens only', whole(1, 100_000).optional()),
    minP: option(
      'P',
      'sample from tokens at least P times as likely as the likeliest',
      decimal(0, 1).default(usualDraw.minP),
    ),
    repetitionPenalty: option(
      'R',
      'above 1, makes the last 64 tokens less likely to be repeated (default: 1)',
      decimal(1, 10).optional(),
    ),
    count: option('N', 'how many texts to write', whole(1, 100_000).default(1), 'c'),
    interactive: flag('continue each line that is typed or piped in', 'i'),
    out: option(
      'FILE',
      'write to this file instead of the terminal, replacing what is in it',
      z.string().optional(),
      'o',
    ),
    randomSeed: option(
      'N',
      'seed, to repeat a text (default: random, shown); further texts take the numbers after it',
      randomSeed.optional(),
    ),
    run: option('RUN', 'use another run of that text', runChoice.optional()),
    engine: engineOption,
    device: deviceOption,
    exact: flag('use the weights as they are instead of rounded to eight bits (slower)'),
    json: flag('print each text, and what it was made with, as a line of JSON'),
  },
  run: (cli, { network, ...given }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal, now } = cli;
      const seeds = [given.interactive, given.seed !== '', given.seedFile !== undefined];
      if (seeds.filter(Boolean).length > 1) {
        throw new BadInput(
          'The seed comes from --seed, --seed-file or the lines typed with --interactive.',
          'Leave out the others.',
        );
      }
      const model = networkNamed(store, network, given.run, now());
      const { corpus } = model.run;
      const { exact } = given;
      const engine = await engineFor(cli, given, 'write', model.config);
      const firstSeed = given.randomSeed ?? randomInt(2 ** 32);
      const passages = given.verses ?? given.paragraphs;
      const hasOtherEnd =
        passages !== undefined || given.sentences !== undefined || given.stop !== undefined;
      const request = {
        temperature: given.temperature,
        topP: given.topP,
        topK: given.topK ?? usualDraw.topK,
        minP: given.minP,
        characters: given.length ?? (hasOtherEnd ? longestLength : usualLength),
        ...withoutMissing({
          passages,
          sentences: given.sentences,
          repetitionPenalty: given.repetitionPenalty,
        }),
        passageKind: passageKindOf(store, corpus),
      };
      const typed = await seedOf(given);
      const learned =
        typed === '' && !given.interactive ? undefined : await findText(store, corpus);
      if (!given.json) {
        terminal.note(
          terminal.styledNote('dim', `${describeModel(model)}, random seed ${firstSeed}`),
        );
      }
      const texts: string[] = [];
      let written = 0;
      const write = async (seed: string) => {
        const randomSeed = (firstSeed + written) % 2 ** 32;
        const showsText = !given.json && given.out === undefined;
        if (written++ > 0 && showsText && !given.interactive) terminal.print('');
        const text = writeText(model, { ...request, seed, randomSeed }, { engine, exact, learned });
        const { stop } = given;
        const ended = stop === undefined ? text : { ...text, pieces: endBefore(text.pieces, stop) };
        const { prompt } = ended;
        if (given.json || given.out !== undefined) {
          const drawn = await textOf(ended.pieces);
          const made = {
            run: model.run.id,
            step: model.checkpoint.step,
            randomSeed,
            seed: ended.seed,
            text: drawn,
            rewritten: prompt.rewritten,
            leftOut: prompt.leftOut,
          };
          if (given.out === undefined) terminal.json(made);
          else texts.push(given.json ? JSON.stringify(made) : `${ended.seed}${drawn}`);
          return;
        }
        notePrompt(terminal, prompt);
        await showText(terminal, ended);
      };
      if (given.interactive) {
        for await (const line of createInterface({ input: process.stdin })) await write(line);
      } else for (let text = 0; text < given.count; text++) await write(typed);
      if (given.out === undefined) return;
      const all = `${texts.join(given.json ? '\n' : '\n\n')}\n`;
      await writeFileWhole(given.out, all);
      terminal.note(`Written to ${given.out}.`);
    }),
});

async function seedOf(given: { readonly seed: string; readonly seedFile?: string | undefined }) {
  if (given.seedFile !== undefined) return decodeText(await readTextFile(given.seedFile)).trimEnd();
  return given.seed === '-' ? (await textOf(process.stdin)).trimEnd() : given.seed;
}
