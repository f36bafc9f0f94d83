import { resolve } from 'node:path';
import { z } from 'zod';
import { ownCorpus } from '../../../../data/own-text.ts';
import { readTextFile, sha256Of } from '../../../../data/plain-text.ts';
import { argument, defineCommand, flag, option } from '../../define-command.ts';
import { whole } from '../../forms.ts';
import { keepCorpus } from '../../keep-corpus.ts';

export const add = defineCommand({
  arguments: {
    name: argument('a name for it: lower-case letters, digits and hyphens', z.string()),
    file: argument('a text file, learned exactly as it is', z.string()),
  },
  options: {
    encoding: option(
      'NAME',
      'its encoding, such as windows-1252 or shift_jis (default: UTF-8, or UTF-16 by its byte order mark)',
      z.string().optional(),
    ),
    minCount: option(
      'N',
      'replace characters that occur fewer than N times (é as e), or drop them',
      whole(1, 1_000_000).optional(),
    ),
    replace: flag('replace the text of that name'),
    json: flag('print what was added as JSON'),
  },
  run: async (cli, { name, file, encoding, minCount, replace, json }) => {
    const bytes = await readTextFile(file);
    const corpus = ownCorpus(name, bytes, { encoding, minCount });
    const origin = { source: resolve(file), sha256: sha256Of(bytes) };
    await keepCorpus(cli, { corpus, ...origin }, { replace, json });
  },
});
