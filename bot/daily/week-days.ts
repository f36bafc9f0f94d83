import { everyDay } from '../../src/store/schedules.ts';
import { withoutAccents } from '../../src/text/without-accents.ts';

export const workDays = 0b0011111;
export const weekend = 0b1100000;

/** Monday first, in each language that the bot speaks. */
const names = [
  ['monday', 'segunda'],
  ['tuesday', 'terca'],
  ['wednesday', 'quarta'],
  ['thursday', 'quinta'],
  ['friday', 'sexta'],
  ['saturday', 'sabado'],
  ['sunday', 'domingo'],
] as const;

/** What people call several days. */
const several: readonly (readonly [RegExp, number])[] = [
  [/^(every ?day|daily|all|todos os dias|todo dia|diariamente|todos)$/, everyDay],
  [/^(week ?days|working days|dias uteis|dias de semana)$/, workDays],
  [/^(week ?ends?|fi(m|ns) de semana)$/, weekend],
];

/**
 * Days of the week as people write them, in any language: `weekdays`, `mon, wed`, `seg a sex`, `sextas-feiras`.
 *
 * @returns a bit for each, Monday's is 1; null where it names none
 */
export function readDays(typed: string): number | null {
  const plain = withoutAccents(typed)
    .toLowerCase()
    .replace(/[- ]feiras?\b/g, '')
    .trim();
  const known = several.find(([form]) => form.test(plain));
  if (known) return known[1];
  let days = 0;
  for (const part of plain.split(/\s*(?:,|;|\/|\band\b|\be\b)\s*/).filter((each) => each !== '')) {
    const [first, last = first, ...more] = part
      .split(/\s*(?:-|–|\bto\b|\ba\b|\bate\b)\s*/)
      .map(placeOf);
    if (first === undefined || last === undefined || first < 0 || last < 0 || more.length > 0) {
      return null;
    }
    for (let place = first; ; place = (place + 1) % names.length) {
      days |= 1 << place;
      if (place === last) break;
    }
  }
  return days === 0 ? null : days;
}

/** The places of the days that are in, Monday's is 0. */
export function placesOf(days: number): number[] {
  return names.flatMap((_, place) => ((days & (1 << place)) === 0 ? [] : [place]));
}

/** -1 where it is no day. */
function placeOf(word: string): number {
  const singular = word.trim().replace(/s$/, '');
  if (singular.length < 3) return -1;
  return names.findIndex((day) => day.some((name) => name.startsWith(singular)));
}
