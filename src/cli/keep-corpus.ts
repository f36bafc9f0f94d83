import { addCorpus, replaceCorpus } from '../store/corpora.ts';
import { countCharacters } from '../text/characters.ts';
import type { Corpus } from '../text/corpus.ts';
import { corpusFacts, heldOutNote, passagesNote } from './corpus-facts.ts';
import type { Cli } from './define-command.ts';
import { count, counted } from './format.ts';
import { withStore } from './store.ts';

/** Keeps a text in the store, and reports what it is. */
export function keepCorpus(
  cli: Cli,
  { corpus, source, sha256 }: { corpus: Corpus; source: string; sha256: string },
  { replace, json, leftOut }: { replace: boolean; json: boolean; leftOut?: number },
): Promise<void> {
  return withStore(cli, async (store) => {
    const { terminal } = cli;
    const { name, title, passageKind } = corpus;
    const characters = countCharacters(corpus.text);
    const kept = { ...corpus, source, sha256, characters };
    let replaced: number[] = [];
    if (replace) replaced = replaceCorpus(store, kept, cli.now());
    else addCorpus(store, kept, cli.now());
    const facts = corpusFacts(corpus);
    if (json) {
      terminal.json({ name, title, passageKind, source, sha256, ...facts, replaced, leftOut });
      return;
    }
    terminal.print(
      `${title}: ${count(characters)} characters (${count(facts.differentCharacters)} different) in ${passagesNote(facts.passages, passageKind)}.`,
    );
    terminal.print(heldOutNote(facts));
    if (leftOut !== undefined) {
      terminal.print(`Left out: ${counted(leftOut, passageKind)} that another book holds out.`);
    }
    if (replaced.length > 0) {
      terminal.print(
        `Runs that learned the old text can still write, but not be resumed or evaluated: ${replaced.join(', ')}.`,
      );
    }
    terminal.print(`Next: escriba train ${name}`);
  });
}
