import { resolve } from 'node:path';
import { z } from 'zod';
import { ownCorpus } from '../../../../data/own-text.ts';
import { readTextFile, sha256Of } from '../../../../data/plain-text.ts';
import { argument, defineCommand, flag } from '../../define-command.ts';
import { keepCorpus } from '../../keep-corpus.ts';

export const add = defineCommand({
  arguments: {
    name: argument('how to call it: small letters, digits and hyphens', z.string()),
    file: argument('a text file in UTF-8; blank lines part its paragraphs', z.string()),
  },
  options: { json: flag('write what was added as JSON') },
  run: async (cli, { name, file, json }) => {
    const bytes = await readTextFile(file);
    const corpus = ownCorpus(name, bytes);
    await keepCorpus(cli, { corpus, source: resolve(file), sha256: sha256Of(bytes) }, json);
  },
});
