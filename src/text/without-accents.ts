/** A text with the plain letters that carry its accents: `São` as `Sao`. */
export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
