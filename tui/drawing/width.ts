const narrow =
  /^[\u0020-\u007e\u00a1-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u259f\u2800-\u28ff]*$/;
const wide =
  /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const invisible = /^[\p{Default_Ignorable_Code_Point}\p{M}]+$/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  if (narrow.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += widthOfGrapheme(segment);
  return width;
}

/** What a person sees as characters, in order. */
export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** The columns of the widest. */
export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(widthOf));
}

/** A text with spaces behind it, or before it, up to so many columns. */
export function padTo(text: string, columns: number, side: 'after' | 'before' = 'after'): string {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return side === 'after' ? text + space : space + text;
}

/** The beginning of a text that fits into so many columns. */
export function takeColumns(text: string, columns: number): string {
  if (narrow.test(text)) return text.slice(0, Math.max(0, columns));
  let width = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    width += widthOfGrapheme(segment);
    if (width > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

function widthOfGrapheme(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return invisible.test(grapheme) ? 0 : 1;
}
