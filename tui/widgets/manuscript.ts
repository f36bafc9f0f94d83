import type { PassageKind } from '../../src/text/corpus.ts';
import {
  bold,
  faint,
  italic,
  type Line,
  rubric,
  type Span,
  type Style,
  span,
} from '../drawing/line.ts';
import { escapeControl, wrapRow } from '../drawing/text.ts';

/** `Genesis 1:2`, `1 Samuel 3:10`, `Song of Solomon 2:1`, at a line's beginning. */
const reference = /^(?:[1-3] )?[A-Z][A-Za-z]+(?: of [A-Z][a-z]+)? \d+:\d+/;

/**
 * A text as a scribe would set it: the reference of a verse, or the first letter of a paragraph, in red, and what
 * translators added (in brackets) in italics.
 * @param seed what a person began it with, in bold
 */
export function manuscript(
  seed: string,
  text: string,
  passageKind: PassageKind,
  width: number,
): Line[] {
  const closed = (part: string) => escapeControl(part).replace(/\n+/g, '\n');
  const whole = closed(seed + text).trim();
  let from = 0;
  return whole.split('\n').flatMap((paragraph) => {
    const seeded = Math.max(0, closed(seed).length - from);
    from += paragraph.length + 1;
    return wrapRow(illuminated(paragraph, passageKind, seeded), width);
  });
}

function illuminated(paragraph: string, passageKind: PassageKind, seeded: number): Line {
  const initial = passageKind === 'verse' ? (reference.exec(paragraph)?.[0].length ?? 0) : 1;
  const spans: Span[] = [];
  let place = 0;
  for (const part of paragraph.split(/(\[[^\]]*\]?)/)) {
    const added = part.startsWith('[');
    for (const character of part) {
      const isBracket = added && /[[\]]/.test(character);
      const styles: Style[] = [];
      if (place < initial) styles.push(rubric);
      else if (isBracket) styles.push(faint);
      else if (added) styles.push(italic);
      if (place < seeded) styles.push(bold);
      append(spans, span(character, ...styles));
      place += character.length;
    }
  }
  return spans;
}

/** Adds to the last stretch where it looks the same. */
function append(spans: Span[], next: Span): void {
  const last = spans.at(-1);
  const { text, ...style } = next;
  const same =
    last && last.tone === style.tone && last.bold === style.bold && last.italic === style.italic;
  if (same) spans[spans.length - 1] = { ...last, text: last.text + text };
  else spans.push(next);
}
