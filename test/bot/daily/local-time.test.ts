import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayAt, momentOf, nextOccurrence, readTime } from '../../../bot/daily/local-time.ts';
import { portugueseCities } from '../../../bot/daily/portuguese-cities.ts';
import { timeZoneNamed, timeZones, timeZonesLike } from '../../../bot/daily/time-zones.ts';
import { placesOf, readDays } from '../../../bot/daily/week-days.ts';

const minute = 60_000;

function at(date: string, time: string, zone: string): string {
  return new Date(momentOf(date, time, zone)).toISOString();
}

describe('a time of the day', () => {
  test.each([
    ['on an ordinary day', '2026-01-05', '08:30', 'America/Sao_Paulo', '2026-01-05T11:30:00.000Z'],
    [
      'where clocks differ by 45 minutes',
      '2026-01-05',
      '08:00',
      'Asia/Kathmandu',
      '2026-01-05T02:15:00.000Z',
    ],
    [
      'that does not exist is at the first that does',
      '2026-03-08',
      '02:30',
      'America/New_York',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      'that comes twice is at its first',
      '2026-11-01',
      '01:30',
      'America/New_York',
      '2026-11-01T05:30:00.000Z',
    ],
    ['in a gap at midnight', '2026-09-06', '00:30', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    [
      'in a gap of half an hour',
      '2026-10-04',
      '02:15',
      'Australia/Lord_Howe',
      '2026-10-03T15:30:00.000Z',
    ],
    ['far in the east', '2026-01-05', '00:15', 'Pacific/Kiritimati', '2026-01-04T10:15:00.000Z'],
  ])('%s', (_, date, time, zone, moment) => {
    expect(at(date, time, zone)).toBe(moment);
  });

  test('is the first moment of its day at which the clock has come to it, in any zone', () => {
    const clock = (moment: number, zone: string) =>
      new Intl.DateTimeFormat('sv-SE', {
        dateStyle: 'short',
        timeStyle: 'short',
        timeZone: zone,
      }).format(moment);
    fc.assert(
      fc.property(
        fc.constantFrom(...timeZones),
        fc.integer({ min: 0, max: 730 }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, days, minutes) => {
          const date = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
          const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
          const moment = momentOf(date, time, zone);
          expect(clock(moment, zone) >= `${date} ${time}`).toBe(true);
          // No minute of the three hours before has come to it; the clock can have been there only if set back since.
          for (let before = 1; before <= 180; before++) {
            expect(clock(moment - before * minute, zone) >= `${date} ${time}`).toBe(false);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('follows on the day before, each day once, over two years of many zones', () => {
    for (const zone of timeZones.filter((_, place) => place % 6 === 0)) {
      const from = Date.UTC(2026, 0, 1);
      let occurrence = nextOccurrence({ time: '02:30', zone }, from, null);
      const first = occurrence.day;
      let days = 1;
      for (; occurrence.due < from + 730 * 1440 * minute; days++) {
        const next = nextOccurrence({ time: '02:30', zone }, occurrence.due, occurrence.day);
        expect(Date.parse(next.day) - Date.parse(occurrence.day)).toBe(1440 * minute);
        expect(next.due).toBeGreaterThan(occurrence.due);
        occurrence = next;
      }
      expect(dayAt(occurrence.due, zone)).toBe(occurrence.day);
      expect(Date.parse(occurrence.day) - Date.parse(first)).toBe((days - 1) * 1440 * minute);
    }
  });

  test('is not one of a day that is over or was posted for', () => {
    const schedule = { time: '08:00', zone: 'UTC' };
    const morning = Date.UTC(2026, 0, 2, 8);
    expect(nextOccurrence(schedule, morning - 1, null).day).toBe('2026-01-02');
    expect(nextOccurrence(schedule, morning, null).day).toBe('2026-01-03');
    expect(nextOccurrence(schedule, morning - 1, '2026-01-02').day).toBe('2026-01-03');
  });

  test.each([
    ['8:30', '08:30'],
    ['08h30', '08:30'],
    ['8h', '08:00'],
    [' 23.59 ', '23:59'],
    ['8', '08:00'],
    ['8:30 PM', '20:30'],
    ['12 am', '00:00'],
    ['24:00', null],
    ['8:60', null],
    ['13 pm', null],
    ['noon', null],
    ['', null],
    ['8:30; DROP TABLE schedules', null],
  ])('typed as %j is %j', (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });
});

test.each([
  ['america/sao_paulo', 'America/Sao_Paulo'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Asia/Calcutta', 'Asia/Calcutta'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Kolkata', 'Asia/Kolkata'],
  ['Kyiv', 'Europe/Kyiv'],
  ['Ho Chi Minh', 'Asia/Ho_Chi_Minh'],
  ['Kathmandu', 'Asia/Kathmandu'],
  ['Brasília', 'America/Sao_Paulo'],
  ['Rio de Janeiro', 'America/Sao_Paulo'],
  ['New York', 'America/New_York'],
  ['nova york', 'America/New_York'],
  ['Nova Iorque', 'America/New_York'],
  ['lisboa', 'Europe/Lisbon'],
  ['luanda', 'Africa/Luanda'],
  ['maputo', 'Africa/Maputo'],
  ['são paulo', 'America/Sao_Paulo'],
  ['porto alegre', 'America/Sao_Paulo'],
  ['Horário de Brasília', 'America/Sao_Paulo'],
  ['Japão', 'Asia/Tokyo'],
  ['utc', 'UTC'],
])('the time zone that is called %s is %s', (typed, zone) => {
  expect(timeZoneNamed(typed)).toBe(zone);
  expect(timeZonesLike(typed)[0]).toBe(zone);
});

test('every city by its name in Portuguese has its time zone', () => {
  const named = Object.entries(portugueseCities).flatMap(([zone, cities]) =>
    cities.map((city) => [city, zone]),
  );
  expect(named.map(([city = '']) => [city, timeZoneNamed(city)])).toEqual(named);
});

test('what several time zones are called means each of them, and nothing means none', () => {
  expect(timeZoneNamed('brazil')).toEqual(
    expect.arrayContaining(['America/Sao_Paulo', 'America/Manaus']),
  );
  expect(timeZoneNamed('Brasil')).toEqual(timeZoneNamed('brazil'));
  const firstCalled = (typed: string) => [timeZoneNamed(typed)].flat()[0];
  expect(firstCalled('EST')).toBe('America/New_York');
  expect(firstCalled('CST')).toBe('America/Chicago');
  expect(timeZoneNamed('EST')).toEqual(expect.arrayContaining(['America/Panama']));
  for (const typed of ['', ' ', 'Mars/Olympus', '+03:00']) expect(timeZoneNamed(typed)).toEqual([]);
});

test('every time zone that is offered is one whose clock this machine knows', () => {
  for (const zone of timeZonesLike('')) {
    expect(() => momentOf('2026-01-31', '08:30', zone)).not.toThrow();
  }
});

describe('days of the week', () => {
  test.each([
    ['weekdays', [0, 1, 2, 3, 4]],
    ['Dias úteis', [0, 1, 2, 3, 4]],
    ['fim de semana', [5, 6]],
    ['every day', [0, 1, 2, 3, 4, 5, 6]],
    ['mon, Wed and Fridays', [0, 2, 4]],
    ['segunda-feira e sáb', [0, 5]],
    ['sex a dom', [4, 5, 6]],
    ['fri-mon', [0, 4, 5, 6]],
  ])('are read as people write them: %s', (typed, places) => {
    expect(placesOf(readDays(typed) ?? 0)).toEqual(places);
  });

  test.each(['', 'someday', 'mon, x', 'mo', 'mon-tue-wed'])('are refused: %j', (typed) => {
    expect(readDays(typed)).toBeNull();
  });

  test('are those on which something comes, also where a gap or the zone moves it', () => {
    const sundays = { time: '00:15', zone: 'Pacific/Kiritimati', days: 0b1000000 };
    const first = nextOccurrence(sundays, Date.UTC(2026, 0, 1), null);
    expect(first).toEqual({ day: '2026-01-04', due: Date.UTC(2026, 0, 3, 10, 15) });
    expect(nextOccurrence(sundays, first.due, first.day).day).toBe('2026-01-11');
  });
});
