import { escapeControl as withoutControl } from '../../src/text/escape-control.ts';
import { type Line, textOf } from './line.ts';
import { graphemesOf, takeColumns, widthOf } from './width.ts';

/** A text of any origin in rows and columns: also what has no width of its own, which would shift them, as a picture. */
export function escapeControl(text: string): string {
  return withoutControl(text.replaceAll('\t', ' ')).replace(/\p{Cf}/gu, '\u00b7');
}

/**
 * A character, or a token of several, by its look: `␣` for a space, `↵` for a line's end; a mark that would sit on the
 * character before it has a circle to sit on.
 */
export function visibleCharacter(token: string): string {
  const seen = escapeControl(token).replace(/[\n ]/g, (each) => (each === '\n' ? '↵' : '␣'));
  return widthOf(seen) === 0 && seen !== '' ? `◌${seen}` : seen;
}

/** A reason from elsewhere as a sentence of its own: with a full stop, where it has none. */
export function sentence(text: string): string {
  const said = text.trim();
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}

/** A text in lines of so many columns, broken at spaces where it can be; its own line ends stay. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, Math.max(1, width)));
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of paragraph.split(/(?<= )/)) {
    if (widthOf(line) + widthOf(word.trimEnd()) > width && line !== '') {
      lines.push(line.trimEnd());
      line = '';
    }
    while (widthOf(word.trimEnd()) > width) {
      const head = takeColumns(word, width) || (graphemesOf(word)[0] ?? word);
      lines.push(head);
      word = word.slice(head.length);
    }
    line += word;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The same of a row with styles. */
export function wrapRow(row: Line, width: number): Line[] {
  const text = textOf(row);
  let from = 0;
  return wrap(text, width).map((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    return slice(row, at, from);
  });
}

function slice(row: Line, from: number, to: number): Line {
  let start = 0;
  return row.flatMap((each) => {
    const text = each.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += each.text.length;
    return text === '' ? [] : [{ ...each, text }];
  });
}
