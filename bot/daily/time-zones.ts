import { getTimeZones, type TimeZone } from '@vvo/tzdb';
import type { Language } from '../../data/language.ts';
import { withoutAccents } from '../../src/text/without-accents.ts';
import { portugueseCities } from './portuguese-cities.ts';

/** A time zone, and what people call it. */
interface NamedZone {
  /** Its IANA name: `America/Sao_Paulo`. */
  readonly name: string;
  /** As they are compared: its cities, and its names in every language. */
  readonly names: readonly string[];
  readonly countries: readonly string[];
  readonly abbreviations: readonly string[];
  /** Whether it is one of the United States', which most who type an abbreviation such as `EST` mean. */
  readonly isAmerican: boolean;
}

const countryNames = [
  new Intl.DisplayNames('en', { type: 'region' }),
  new Intl.DisplayNames('pt-BR', { type: 'region' }),
];

let known: readonly NamedZone[] | undefined;

/** The zones of today, each once; older names of the same are among its names. Made when first asked for: it takes time. */
function allZones(): readonly NamedZone[] {
  known ??= getTimeZones({ includeUtc: true }).map(namedZone);
  return known;
}

function namedZone(zone: TimeZone): NamedZone {
  const { name, group, mainCities, alternativeName, countryCode, countryName } = zone;
  return {
    name: name === 'Etc/UTC' ? 'UTC' : name,
    names: [
      ...[name, ...group.filter((each) => each.includes('/'))].flatMap((each) => [
        each,
        cityOf(each),
      ]),
      ...mainCities,
      ...(portugueseCities[name] ?? []),
      alternativeName,
      genericName(name),
    ].map(comparable),
    countries: [
      countryName,
      ...countryNames.map((names) => (countryCode ? (names.of(countryCode) ?? '') : '')),
    ]
      .filter((each) => each !== '')
      .map(comparable),
    abbreviations: [zone.abbreviation, zone.currentAbbreviation].map(comparable),
    isAmerican: countryCode === 'US',
  };
}

let written: ReadonlyMap<string, string> | undefined;

/** Every IANA name that has a place in it, however old, as it is written. */
function ianaNames(): ReadonlyMap<string, string> {
  written ??= new Map(
    [
      ...Intl.supportedValuesOf('timeZone'),
      ...getTimeZones().flatMap(({ name, group }) => [name, ...group]),
      'UTC',
    ]
      // `EST` is a zone without summer time, and not what is meant by it.
      .filter((name) => name.includes('/') || name === 'UTC')
      .map((name) => [comparable(name), name]),
  );
  return written;
}

/** The names that this machine knows, to be chosen from. */
export const timeZones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

type Way = (zone: NamedZone, typed: string) => boolean;

const byAbbreviation: Way = ({ abbreviations }, typed) => abbreviations.includes(typed);
/** How well a zone fits what was typed: the best first. */
const ways: readonly Way[] = [
  ({ names }, typed) => names.includes(typed),
  ({ countries }, typed) => countries.includes(typed),
  byAbbreviation,
  ({ names }, typed) => names.some((each) => each.startsWith(typed)),
  ({ countries }, typed) => countries.some((each) => each.startsWith(typed)),
  ({ names }, typed) => names.some((each) => each.includes(typed)),
];

function zonesBy(way: Way, typed: string): readonly NamedZone[] {
  const like = allZones().filter((zone) => way(zone, typed));
  if (way !== byAbbreviation) return like;
  return like.toSorted((one, other) => Number(other.isAmerican) - Number(one.isAmerican));
}

/**
 * The time zones that what was typed may mean, by city, country, name or abbreviation, the likeliest first. An IANA name
 * means itself, and stays as it is: who says `Asia/Calcutta` is not told of `Asia/Kolkata`.
 */
export function timeZonesLike(typed: string): string[] {
  const wanted = comparable(typed);
  const exact = ianaNames().get(wanted);
  const like = wanted === '' ? allZones() : ways.flatMap((way) => zonesBy(way, wanted));
  return [...new Set([...(exact ? [exact] : []), ...like.map(({ name }) => name)])];
}

/** The one time zone that was meant; where it may be several, those, the likeliest first. */
export function timeZoneNamed(typed: string): string | readonly string[] {
  const wanted = comparable(typed);
  const exact = ianaNames().get(wanted);
  if (exact !== undefined) return exact;
  if (wanted === '') return [];
  for (const way of ways) {
    const like = zonesBy(way, wanted).map(({ name }) => name);
    if (like[0] !== undefined) return like.length === 1 ? like[0] : like;
  }
  return [];
}

/** `America/Sao_Paulo (Brasil)`, as a list of choices shows it. */
export function timeZoneLabel(name: string, language: Language): string {
  const zone = getTimeZones().find((each) => each.name === name || each.group.includes(name));
  const code = zone?.countryCode;
  const country = code ? new Intl.DisplayNames(language, { type: 'region' }).of(code) : undefined;
  return `${name.replaceAll('_', ' ')}${country ? ` (${country})` : ''}`;
}

function cityOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** What CLDR calls it in Portuguese, which for the largest cities is their name there: `Nova York`. */
function genericName(zone: string): string {
  const format = new Intl.DateTimeFormat('pt-BR', { timeZone: zone, timeZoneName: 'shortGeneric' });
  const parts = format.formatToParts(0);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Without case, accents, underscores and hyphens, and without what says that it is a time: `Horário de Brasília`. */
function comparable(text: string): string {
  return withoutAccents(text)
    .replace(/[_\s-]+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/^horario (?:d[aeo]s? )?| time$/, '');
}
