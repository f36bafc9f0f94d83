/**
 * A text of any origin as a terminal may be given it: control characters and those that turn the direction of writing
 * as pictures of them, so that none moves the cursor, names a window or fills the clipboard. Line ends and tabs stay.
 */
export function escapeControl(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu,
    (character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x20) return String.fromCodePoint(0x2400 + code);
      return code === 0x7f ? '\u2421' : '\u00b7';
    },
  );
}
