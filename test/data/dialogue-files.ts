/** Speeches enough for a dialogue of a true length. */
export const long = Array.from(
  { length: 60 },
  (_, place) =>
    `SOCRATES: Of many things I say this\nas the ${place}th, which is enough to make a text of a true length.`,
);

/** A dialogue as Project Gutenberg has it. */
export function fileOf(
  title: string,
  beginning: readonly string[],
  rest: readonly string[] = long,
): string {
  return [
    `The Project Gutenberg EBook of ${title}, by Plato`,
    `Title: ${title}`,
    `*** START OF THIS PROJECT GUTENBERG EBOOK ${title.toUpperCase()} ***`,
    title.toUpperCase(),
    'INTRODUCTION.',
    'The persons of the dialogue are few,\nand said to be well known.',
    title.toUpperCase(),
    ...beginning,
    ...rest,
    `End of Project Gutenberg's ${title}, by Plato`,
    'SOCRATES: The licence is no speech.',
  ]
    .join('\n\n')
    .replaceAll('\n', '\r\n');
}

export const persons = 'PERSONS OF THE DIALOGUE: Socrates, Ion.';
