import { graphemesOf } from '../drawing/width.ts';

/** A text being typed. */
export interface TextEdit {
  readonly text: string;
  /** Where what is typed next goes: so many characters, as a person counts them, are before it. */
  readonly cursor: number;
  /** What was cut last, for `ctrl-y` to put in. */
  readonly cut?: string;
}

export function editOf(text: string): TextEdit {
  return { text, cursor: graphemesOf(text).length };
}

/** The text with something put in at the cursor; line ends become spaces. */
export function insert(edit: TextEdit, added: string): TextEdit {
  const characters = graphemesOf(edit.text);
  const before = characters.slice(0, edit.cursor).join('') + added.replace(/\s*[\r\n]+\s*/g, ' ');
  const text = before + characters.slice(edit.cursor).join('');
  return { ...edit, text, cursor: graphemesOf(before).length };
}

/** The keys that edit a text, as shells have them, and what the help says of them. */
export const editingKeys: readonly { readonly keys: readonly string[]; readonly help: string }[] = [
  { keys: ['left', 'ctrl-b'], help: 'Back a character' },
  { keys: ['right', 'ctrl-f'], help: 'Forward a character' },
  { keys: ['alt-b', 'ctrl-left', 'alt-left'], help: 'Back a word' },
  { keys: ['alt-f', 'ctrl-right', 'alt-right'], help: 'Forward a word' },
  { keys: ['home', 'ctrl-a'], help: 'To the start of the text' },
  { keys: ['end', 'ctrl-e'], help: 'To the end of the text' },
  { keys: ['backspace', 'ctrl-h'], help: 'Delete the character before the cursor' },
  { keys: ['delete', 'ctrl-d'], help: 'Delete the character at the cursor' },
  { keys: ['ctrl-w', 'alt-backspace', 'ctrl-backspace'], help: 'Cut the word before the cursor' },
  { keys: ['alt-d', 'ctrl-delete'], help: 'Cut the word after the cursor' },
  { keys: ['ctrl-u'], help: 'Cut everything before the cursor' },
  { keys: ['ctrl-k'], help: 'Cut everything after the cursor' },
  { keys: ['ctrl-y'], help: 'Paste what was cut last' },
];

/** What a key makes of it; undefined where the key is none of a text's. */
export function pressIn(edit: TextEdit, key: string): TextEdit | undefined {
  if (key === 'space') return insert(edit, ' ');
  const { cursor } = edit;
  const characters = graphemesOf(edit.text);
  const end = characters.length;
  const move = (to: number): TextEdit => ({ ...edit, cursor: Math.max(0, Math.min(end, to)) });
  const without = (from: number, to: number): TextEdit => ({
    ...edit,
    text: characters.toSpliced(from, to - from).join(''),
    cursor: from,
  });
  const cutOut = (from: number, to: number): TextEdit =>
    from === to ? edit : { ...without(from, to), cut: characters.slice(from, to).join('') };
  const [shown = key] = editingKeys.find(({ keys }) => keys.includes(key))?.keys ?? [];
  switch (shown) {
    case 'left':
      return move(cursor - 1);
    case 'right':
      return move(cursor + 1);
    case 'alt-b':
      return move(wordStart(characters, cursor));
    case 'alt-f':
      return move(wordEnd(characters, cursor));
    case 'home':
      return move(0);
    case 'end':
      return move(end);
    case 'backspace':
      return without(Math.max(0, cursor - 1), cursor);
    case 'delete':
      return without(cursor, Math.min(end, cursor + 1));
    case 'ctrl-w':
      return cutOut(wordStart(characters, cursor), cursor);
    case 'alt-d':
      return cutOut(cursor, wordEnd(characters, cursor));
    case 'ctrl-u':
      return cutOut(0, cursor);
    case 'ctrl-k':
      return cutOut(cursor, end);
    case 'ctrl-y':
      return insert(edit, edit.cut ?? '');
    default:
      return graphemesOf(key).length === 1 ? insert(edit, key) : undefined;
  }
}

function wordStart(characters: readonly string[], cursor: number): number {
  let start = cursor;
  while (start > 0 && characters[start - 1] === ' ') start--;
  while (start > 0 && characters[start - 1] !== ' ') start--;
  return start;
}

function wordEnd(characters: readonly string[], cursor: number): number {
  let end = cursor;
  while (end < characters.length && characters[end] === ' ') end++;
  while (end < characters.length && characters[end] !== ' ') end++;
  return end;
}
