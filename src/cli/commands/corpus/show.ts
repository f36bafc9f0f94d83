import { z } from 'zod';
import { bookNamed } from '../../../../data/books.ts';
import { openCorpus } from '../../../run/corpora.ts';
import { listCorpora } from '../../../store/corpora.ts';
import { corpusFacts, heldOutNote, passagesNote } from '../../corpus-facts.ts';
import { argument, defineCommand, flag } from '../../define-command.ts';
import { count, counted } from '../../format.ts';
import { withStore } from '../../store.ts';

const sampleLength = 300;
const mostRare = 40;

export const show = defineCommand({
  arguments: { corpus: argument('the name of the text', z.string()) },
  options: { json: flag('print it as JSON') },
  run: (cli, { corpus: name, json }) =>
    withStore(cli, async (store) => {
      const { terminal } = cli;
      const corpus = await openCorpus(store, name);
      const facts = corpusFacts(corpus);
      const stored = listCorpora(store).find((each) => each.name === name);
      const sample = Array.from(corpus.text.slice(0, 2 * sampleLength)).slice(0, sampleLength);
      const { title, passageKind } = corpus;
      const licence = bookNamed(name)?.licence;
      if (json) {
        const { source, sha256 } = stored ?? {};
        const origin = { source, sha256, licence };
        terminal.json({ name, title, passageKind, ...origin, ...facts, sample: sample.join('') });
        return;
      }
      terminal.print(terminal.styled('bold', title));
      if (stored) terminal.print(`From ${stored.source}.`);
      if (licence !== undefined) terminal.print(licence);
      terminal.print(
        `${counted(facts.characters, 'character')}, ${count(facts.differentCharacters)} different, in ${passagesNote(facts.passages, passageKind)}.`,
      );
      terminal.print(heldOutNote(facts));
      if (facts.rare.length > 0) {
        const named = facts.rare.slice(0, mostRare).map(({ character, count }) => {
          return `${shown(character)} (${count})`;
        });
        const more =
          facts.rare.length > mostRare ? `, and ${count(facts.rare.length - mostRare)} more` : '';
        terminal.print(`Rare characters (fewer than 10 times): ${named.join(', ')}${more}.`);
      }
      terminal.print('');
      terminal.print(sample.join('').trimEnd());
    }),
});

/** A character that can be seen as itself, any other by its number. */
function shown(character: string): string {
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
