import { addCorpus } from '../store/corpora.ts';
import { countCharacters } from '../text/characters.ts';
import { type Corpus, passagesOf } from '../text/corpus.ts';
import { CharacterTokenizer } from '../text/tokenizer/character-tokenizer.ts';
import type { Cli } from './define-command.ts';
import { count } from './format.ts';
import { withStore } from './store.ts';

/** Keeps a text in the store, and tells of it. */
export function keepCorpus(
  cli: Cli,
  { corpus, source, sha256 }: { corpus: Corpus; source: string; sha256: string },
  json: boolean,
): Promise<void> {
  return withStore(cli, async (store) => {
    const { name, title, passageKind, text } = corpus;
    const characters = countCharacters(text);
    addCorpus(store, { ...corpus, source, sha256, characters }, cli.now());
    if (json) {
      cli.terminal.json({ name, title, passageKind, characters, source, sha256 });
      return;
    }
    const different = `${CharacterTokenizer.of(text).size} different ones`;
    cli.terminal.print(
      `${title}: ${count(characters)} characters (${different}) in ${count(passagesOf(corpus).length)} ${passageKind}s.`,
    );
    cli.terminal.print(`Learn it with \`escriba train ${name}\`.`);
  });
}
