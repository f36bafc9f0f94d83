/** The options of a network that learns `ownText` in a moment. */
export const tiny = '--hidden 16 --embedding 8 --batch 4 --unroll 16 --threads 1'.split(' ');

export const ownText = textOf(60);

/** A text of so many paragraphs, the same each time. */
export function textOf(paragraphs: number): string {
  const words = 'the scribe wrote a line and the reader read it again while Henrique slept'.split(
    ' ',
  );
  const paragraph = (number: number) => {
    const mixed = words.map((_, place) => words[(place * number) % words.length]);
    return `${number} ${mixed.join(' ')}.`;
  };
  return Array.from({ length: paragraphs }, (_, place) => paragraph(place + 1)).join('\n\n');
}
