const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** An end mark of any script, with what closes after it. */
const endMark = /\p{Sentence_Terminal}[\p{Pe}\p{Pf}\p{Pi}"'`\s]*$/u;
/** Characters that an end mark, and the brackets and spaces after it, are looked for in. */
const nearEnd = 40;

/**
 * Whether a sentence ends between two characters, by the rules of Unicode (UAX 29): after an end mark, whatever closes
 * after it and spaces, but not before a small letter (`e.g. this`). A line break is a space, for a text may be wrapped.
 * @param sentence the sentence so far, or what is to be one
 * @param next the character that follows it
 */
export function sentenceEndsBefore(sentence: string, next: string): boolean {
  // The end alone decides: to segment all of it at each character would take the square of its length.
  const end = sentence.slice(-nearEnd);
  if (/\s/.test(next) || !endMark.test(end)) return false;
  const line = `${end}${next}`.replaceAll('\n', ' ');
  return segmenter.segment(line).containing(end.length)?.index === end.length;
}
