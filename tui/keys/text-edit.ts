import { graphemesOf } from '../drawing/width.ts';

/** A text being typed. */
export interface TextEdit {
  readonly text: string;
  /** Where what is typed next goes: so many characters, as a person counts them, are before it. */
  readonly cursor: number;
}

export function editOf(text: string): TextEdit {
  return { text, cursor: graphemesOf(text).length };
}

/** The text with something put in at the cursor; line ends become spaces. */
export function insert({ text, cursor }: TextEdit, added: string): TextEdit {
  const characters = graphemesOf(text);
  const before = characters.slice(0, cursor).join('') + added.replace(/\s*[\r\n]+\s*/g, ' ');
  return { text: before + characters.slice(cursor).join(''), cursor: graphemesOf(before).length };
}

/** What a key makes of it; undefined where the key is none of a text's. */
export function pressIn(edit: TextEdit, key: string): TextEdit | undefined {
  if (key === 'space') return insert(edit, ' ');
  const { cursor } = edit;
  const characters = graphemesOf(edit.text);
  const end = characters.length;
  const without = (from: number, to: number): TextEdit => ({
    text: characters.toSpliced(from, to - from).join(''),
    cursor: from,
  });
  switch (key) {
    case 'left':
    case 'ctrl-b':
      return { ...edit, cursor: Math.max(0, cursor - 1) };
    case 'right':
    case 'ctrl-f':
      return { ...edit, cursor: Math.min(end, cursor + 1) };
    case 'home':
    case 'ctrl-a':
      return { ...edit, cursor: 0 };
    case 'end':
    case 'ctrl-e':
      return { ...edit, cursor: end };
    case 'backspace':
    case 'ctrl-h':
      return without(Math.max(0, cursor - 1), cursor);
    case 'delete':
    case 'ctrl-d':
      return without(cursor, Math.min(end, cursor + 1));
    case 'ctrl-u':
      return without(0, cursor);
    case 'ctrl-k':
      return without(cursor, end);
    case 'ctrl-w':
      return without(wordStart(characters, cursor), cursor);
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
