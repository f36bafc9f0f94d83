import { basename, extname } from 'node:path';
import { useState, useSyncExternalStore } from 'react';
import type { Book } from '../../../data/book.ts';
import { books } from '../../../data/books.ts';
import { withoutAccents } from '../../../src/text/without-accents.ts';
import { indent } from '../../drawing/layout.ts';
import { type Line, line, quiet, span } from '../../drawing/line.ts';
import { escapeControl } from '../../drawing/text.ts';
import { editOf } from '../../keys/text-edit.ts';
import { typedPath } from '../../processes/typed-path.ts';
import { useProgram } from '../../program.ts';
import { useShell } from '../../shell/shell.ts';
import type { Choice } from '../../widgets/choice.ts';
import { askLine, useTypedText } from '../../widgets/text-field.ts';

/** What a person is asked for: the file or folder of a book, that of a text of one's own, or its name. */
type Asked =
  | { readonly of: 'book'; readonly book: Book }
  | { readonly of: 'file' }
  | { readonly of: 'name'; readonly file: string };

/**
 * Books to fetch and texts of one's own to add.
 * @param stored the names of the texts that are there
 * @param onAdded told the name of a text that is there now
 */
export function useAddedText(
  stored: readonly string[],
  onAdded: (name: string) => void,
): { readonly choices: readonly Choice[]; readonly rows: (width: number) => readonly Line[] } {
  const shell = useShell();
  const { textAdding, watch } = useProgram();
  const current = useSyncExternalStore(textAdding.subscribe, textAdding.current);
  const [asked, setAsked] = useState<Asked>({ of: 'file' });

  const add = (name: string, what: string, command: readonly string[]) =>
    shell.attempt(() =>
      textAdding.add(what, command, (outcome) => {
        const [said = ''] = outcome.text.split('\n');
        shell.tell(outcome.kind === 'done' ? { kind: 'done', text: said } : outcome);
        if (outcome.kind !== 'done') return;
        onAdded(name);
        watch.changed();
      }),
    );
  const typing = useTypedText((text) => {
    const typed = text.trim();
    if (asked.of === 'book') {
      const { name, titles, origin } = asked.book;
      const given =
        typed === '' ? [] : [`--${origin === 'collection' ? 'folder' : 'file'}`, typedPath(typed)];
      add(name, titles.en, ['corpus', 'fetch', name, ...given]);
    } else if (typed === '') return;
    else if (asked.of === 'file') ask({ of: 'name', file: typedPath(typed) }, nameFor(typed));
    else add(typed, typed, ['corpus', 'add', typed, asked.file]);
  });
  const ask = (next: Asked, text = '') => {
    setAsked(next);
    typing.begin(editOf(text));
  };
  const choices = [
    ...books
      .filter(({ name, origin }) => origin !== 'included' && !stored.includes(name))
      .map((book) => ({
        title: book.titles.en,
        about: 'Downloaded from Project Gutenberg, or taken from files that you have.',
        take: () => ask({ of: 'book', book }),
      })),
    {
      title: 'a text file of your own',
      about: 'Plain text of 1,000 characters to 100 MB, learned exactly as it is.',
      take: () => ask({ of: 'file' }),
    },
  ];
  return {
    choices,
    rows: (width) => {
      if (typing.edit) return [askLine(questionOf(asked), typing.edit, width)];
      if (!current) return [];
      const { what, progress } = current;
      const row: Line = [span(`Adding ${what}…`), ...line(`  ${escapeControl(progress)}`, quiet)];
      return indent([row], 1);
    },
  };
}

function questionOf(asked: Asked): string {
  switch (asked.of) {
    case 'book':
      return asked.book.origin === 'collection'
        ? 'Folder of its files (empty: download them)'
        : 'Its file (empty: download it)';
    case 'file':
      return 'Text file';
    case 'name':
      return 'Call it (small letters, digits, hyphens)';
  }
}

/** A name for a text by its file: `My poems.txt` becomes `my-poems`. */
export function nameFor(file: string): string {
  return withoutAccents(basename(file, extname(file)))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
