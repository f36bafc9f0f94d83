/** Ways to write in plain letters what Unicode's own decompositions leave as it is. */
const spellings: Readonly<Record<string, string>> = {
  '"': '“”„‟«»″',
  "'": '‘’‚‛‹›′`´ʼ',
  '-': '‐‒–−',
  '--': '—―⸺',
  '/': '⁄∕',
  x: '×',
  ' ': '\t',
  '\n': '\r\v\f\u0085\u2028\u2029',
  AE: 'Æ',
  ae: 'æ',
  OE: 'Œ',
  oe: 'œ',
  O: 'Ø',
  o: 'ø',
  ss: 'ß',
  L: 'Ł',
  l: 'ł',
  D: 'ĐÐ',
  d: 'đð',
  Th: 'Þ',
  th: 'þ',
  i: 'ı',
};

const plain = new Map(
  Object.entries(spellings).flatMap(([spelling, characters]) =>
    [...characters].map((character) => [character, spelling] as const),
  ),
);

/** How a character is written where there are only plain letters: `“` as `"`, `æ` as `ae`. */
export function plainSpelling(character: string): string | undefined {
  return plain.get(character);
}
