/** What a chart is dotted with: a character holds so many columns and rows of dots. */
export interface Dots {
  readonly columns: number;
  readonly rows: number;
  /** The character with these dots; bit `row · columns + column` is one of them. */
  glyph(dots: number): string;
}

/** Where Unicode's braille has the dots of two columns and four rows. */
const brailleBits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

export const braille: Dots = {
  columns: 2,
  rows: 4,
  glyph: (dots) =>
    dots === 0
      ? ' '
      : String.fromCodePoint(
          0x2800 +
            brailleBits.reduce((sum, bit, place) => sum + ((dots >> place) & 1 ? bit : 0), 0),
        ),
};

/** For terminals whose font has no braille. */
export const blocks: Dots = { columns: 1, rows: 2, glyph: (dots) => ' ▀▄█'[dots] ?? ' ' };
