/** What bits per character say of whose a text is. */
export type Verdict = 'likeliest' | 'hard-to-tell' | 'neither';

/**
 * Chosen with the bundled networks on 192 held-out passages of both books, of 20 to 300 characters, and 102 texts of modern
 * English, of documentation and as people chat: 163 passages were given to their own book, 2 to the other, 6 were hard to
 * tell and 21 neither; 97 of the modern texts were neither. On 192 other passages it was 175, 1, 7 and 9, and of 102 modern
 * texts, most of them others, 91. On 240 held-out passages of 30 to 200 characters, the verses without their references and
 * read after one (`score-as-passage.ts`), it was 237, 0, 1 and 2; 20 of 22 other modern sentences were neither. A short
 * text says little, so that both limits are wider for it.
 */
const surprise = { least: 1.8, ofOneCharacter: 20 };
const margin = { least: 0.1, ofOneCharacter: 8 };

/**
 * @param bits - bits per character under each network, the fewest first
 * @param length - characters
 */
export function verdictOf(bits: readonly number[], length: number): Verdict {
  const [first = Number.POSITIVE_INFINITY, second] = bits;
  if (first > surprise.least + surprise.ofOneCharacter / length) return 'neither';
  const isClose =
    second !== undefined && second - first < margin.least + margin.ofOneCharacter / length;
  return isClose ? 'hard-to-tell' : 'likeliest';
}
