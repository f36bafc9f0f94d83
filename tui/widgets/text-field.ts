import { useState } from 'react';
import { faint, inverse, type Line, quiet, span } from '../drawing/line.ts';
import { escapeControl } from '../drawing/text.ts';
import { graphemesOf, widthOf } from '../drawing/width.ts';
import { keyScope } from '../keys/scope.ts';
import { insert, pressIn, type TextEdit } from '../keys/text-edit.ts';
import { useActions } from '../keys/use-actions.ts';

export const typingKeys = keyScope('typing', {
  finish: { keys: ['enter'], label: 'done', help: 'Accept what was typed' },
  leave: { keys: ['escape'], label: 'cancel', help: 'Close the field, changing nothing' },
});

/** Takes keys for a text while `edit` is one. Enter ends it, Escape leaves it. */
export function useTyping(
  edit: TextEdit | undefined,
  on: {
    readonly change: (update: (before: TextEdit) => TextEdit) => void;
    readonly finish: () => void;
    readonly leave: () => void;
    /** Takes a key that edits no text; false leaves it to the table. */
    readonly other?: (key: string, edit: TextEdit) => boolean;
  },
): void {
  useActions(
    typingKeys,
    { finish: on.finish, leave: on.leave },
    {
      active: edit !== undefined,
      sink: {
        press(key) {
          if (!edit) return false;
          if (pressIn(edit, key) === undefined) return on.other?.(key, edit) ?? false;
          on.change((before) => pressIn(before, key) ?? before);
          return true;
        },
        paste: (text) => on.change((before) => insert(before, text)),
      },
    },
  );
}

/**
 * A text that is typed on a screen now and then: undefined until `begin`.
 * @param other takes keys that edit no text; what it sets later counts where nothing was typed meanwhile
 */
export function useTypedText(
  onFinish: (text: string) => void,
  other?: (key: string, edit: TextEdit, set: (edit: TextEdit) => void) => boolean,
): {
  readonly edit: TextEdit | undefined;
  readonly begin: (edit: TextEdit) => void;
} {
  const [edit, setEdit] = useState<TextEdit>();
  const close = () => setEdit(undefined);
  useTyping(edit, {
    change: (update) => setEdit((before) => before && update(before)),
    finish: () => {
      close();
      if (edit) onFinish(edit.text);
    },
    leave: close,
    ...(other && {
      other: (key, before) =>
        other(key, before, (next) => setEdit((now) => (now === before ? next : now))),
    }),
  });
  return { edit, begin: setEdit };
}

/** The text with its cursor, as much of it around the cursor as there is room for. */
export function typedLine({ text, cursor }: TextEdit, width: number): Line {
  const characters = graphemesOf(escapeControl(text));
  // The cursor stands on a column of its own at the end, and an ellipsis may stand at the beginning.
  let room = width - 2;
  let from = cursor;
  for (; from > 0; from--) {
    const columns = widthOf(characters[from - 1] ?? '');
    if (columns > room) break;
    room -= columns;
  }
  if (from === 0) room++;
  let to = cursor;
  for (; to < characters.length; to++) {
    const columns = widthOf(characters[to] ?? '') - (to === cursor ? 1 : 0);
    if (columns > room) break;
    room -= columns;
  }
  const at = characters[cursor];
  return [
    span(`${from > 0 ? '…' : ''}${characters.slice(from, cursor).join('')}`),
    span(at && cursor < to ? at : ' ', inverse),
    span(characters.slice(cursor + 1, to).join('')),
  ];
}

/** The text while it is not typed in; what would be typed where there is none. */
export function restingLine(text: string, placeholder: string): Line {
  return text === '' ? [span(placeholder, faint)] : [span(escapeControl(text))];
}

/** A field for a text at the foot of a screen. */
export function askLine(what: string, edit: TextEdit, width: number): Line {
  return [span(` ${what} `, quiet), ...typedLine(edit, width - widthOf(what) - 3)];
}
