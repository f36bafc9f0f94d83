/** A small Republic: every heading, the words it begins and ends with, and what its editions do to a text. */
const books = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

const dialogue = [
  'BOOK I.',
  'I went down yesterday to the Piraeus with Glaucon the son of Ariston,\nthat I might offer up my prayers to the goddess.',
  '“There he is,” said the youth—“if you will only wait.”',
  ...books.slice(1).flatMap((book) => [`BOOK ${book}.`, `Of book ${book}, Glaucon’s part.`]),
  'And it shall be well with us\nin the pilgrimage of a thousand years which we have been describing.',
];

/** As Project Gutenberg has it now: curly quotes, headings indented in the contents, its own lines around. */
export const newEdition = [
  '\ufeffThe Project Gutenberg eBook of The Republic',
  '*** START OF THE PROJECT GUTENBERG EBOOK THE REPUBLIC ***',
  'Contents',
  books.map((book) => ` BOOK ${book}.`).join('\n'),
  ' INTRODUCTION AND ANALYSIS.',
  'The Republic of Plato is the longest of his works.',
  ...dialogue,
  '*** END OF THE PROJECT GUTENBERG EBOOK THE REPUBLIC ***',
  'BOOKS are free.',
]
  .join('\n\n\n')
  .replaceAll('\n', '\r\n');

/** As it had it before: ASCII, lines broken elsewhere, another line at the end. */
export const oldEdition = [
  'The Republic of Plato is the longest of his works.',
  ...dialogue.map((paragraph) => paragraph.replaceAll('\n', ' ').replace('with us ', 'with us\n')),
  'End of the Project Gutenberg EBook of The Republic, by Plato',
  '*** END OF THIS PROJECT GUTENBERG EBOOK THE REPUBLIC ***',
]
  .join('\n\n')
  .replaceAll(/[“”]/g, '"')
  .replaceAll('’', "'")
  .replaceAll('—', '--');
