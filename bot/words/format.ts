import type { Language } from '../../data/language.ts';

/** How a language writes counts, bits per character, and figures as short as they are. */
export function numbers(locale: Language) {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const bits = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return {
    decimal: (figure: number) => decimal.format(figure),
    whole: (count: number) => whole.format(count),
    bits: (figure: number) => bits.format(figure),
  };
}

/** How a language writes a list: `a, b and c`. */
export function listOf(locale: Language) {
  const list = new Intl.ListFormat(locale);
  return (items: readonly string[]) => list.format(items);
}
