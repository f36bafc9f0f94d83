import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beside,
  cut,
  inWidth,
  joinFitting,
  lineWidth,
  spread,
  withoutEnd,
} from '../../tui/drawing/layout.ts';
import { bold, italic, line, rubric, span, textOf } from '../../tui/drawing/line.ts';
import {
  ago,
  bits,
  count,
  duration,
  milliseconds,
  percent,
  short,
  small,
} from '../../tui/drawing/numbers.ts';
import { escapeControl, visibleCharacter, wrap, wrapRow } from '../../tui/drawing/text.ts';
import { takeColumns, widthOf } from '../../tui/drawing/width.ts';
import { pageOfAnswer, pageOfVariable } from '../../tui/theme/background.ts';
import { nearestOf256, painter } from '../../tui/theme/painter.ts';
import { paletteOf } from '../../tui/theme/palette.ts';
import { manuscript } from '../../tui/widgets/manuscript.ts';
import { heightOf, heightsOf } from '../../tui/widgets/strip.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('what is shown', () => {
  test('takes the columns that a terminal gives it', () => {
    expect(['Henrique', 'café', 'e\u0301', '漢字', '😀', '⠿▀─¶', ''].map(widthOf)).toEqual([
      8, 4, 1, 4, 2, 4, 0,
    ]);
    expect(takeColumns('漢字', 3)).toBe('漢');
  });

  test('never brings a control character to the terminal', () => {
    expect(escapeControl('a\x1b[31mb\x07\u202e\tc\nd')).toBe('a␛[31mb␇· c\nd');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeControl(text)).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
      }),
    );
    expect(['\n', ' ', 'a', '\x00', 'a\n', '\u0301'].map(visibleCharacter)).toEqual([
      ...['↵', '␣', 'a', '␀', 'a↵', '◌\u0301'],
    ]);
  });

  test('breaks at spaces, and within a word only where it must', () => {
    expect(wrap('And God said, Let there be light', 12)).toEqual([
      'And God',
      'said, Let',
      'there be',
      'light',
    ]);
    expect(wrap('a\n\nNebuchadnezzar', 6)).toEqual(['a', '', 'Nebuch', 'adnezz', 'ar']);
  });

  test('is neither lost nor too wide, however it is broken, cut and set side by side', () => {
    fc.assert(
      fc.property(anyText.map(escapeControl), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const rows = wrapRow(line(text, bold), width);
        for (const row of rows) expect(lineWidth(row)).toBeLessThanOrEqual(width);
        expect(rows.map(textOf).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        expect(lineWidth(cut(line(text), width))).toBeLessThanOrEqual(width);
        expect(lineWidth(inWidth(line(text), width))).toBe(width);
        expect(lineWidth(spread(line(text), line('right'), width + 5))).toBe(width + 5);
        for (const row of beside(
          [
            { rows, width },
            { rows: [], width: 3 },
          ],
          2,
        )) {
          expect(lineWidth(row)).toBe(width + 5);
        }
      }),
    );
  });

  test('keeps as many parts as fit, and loses the spaces at its end', () => {
    const parts = ['one', 'two', 'three'].map((word) => line(word));
    expect(textOf(joinFitting(parts, line('  '), 9))).toBe('one  two');
    expect(textOf(withoutEnd([span('a '), span(' b  '), span('   ')]))).toBe('a  b');
  });
});

test('numbers are written as one reads them', () => {
  expect([940, 21_345, 1_286_000, 0.5].map(short)).toEqual(['940', '21.3k', '1.29M', '0.5']);
  expect([999.6, 999_600].map(short)).toEqual(['1k', '1M']);
  expect([40, 400, 7500, 90_000, Number.NaN].map(duration)).toEqual([
    '40 s',
    '6 min 40 s',
    '2 h 5 min',
    '1 d 1 h',
    '–',
  ]);
  expect([0, 840.4, 999.7, 2_140].map(milliseconds)).toEqual(['0 ms', '840 ms', '1.0 s', '2.1 s']);
  expect([5_000, 300_000, 90_000_000].map(ago)).toEqual(['just now', '5 min ago', '1 d ago']);
  expect([1.4824, null].map(bits)).toEqual(['1.482', '–']);
  expect([0.00142, 0.0000123, 0, 0.4111].map(small)).toEqual(['0.00142', '1.2e-5', '0', '0.411']);
  expect([0.999, 1.5, -1].map(percent)).toEqual(['99 %', '100 %', '0 %']);
  expect(count(1_234_567)).toBe('1,234,567');
});

describe('colours', () => {
  const row = [span('a', rubric, bold), span('b', rubric), span('c'), span('d', { shade: 1 })];

  test('stand only where something changes', () => {
    const paint = painter(paletteOf('dark', false), 24);
    expect(paint(row)).toBe(
      '\x1b[38;2;232;103;78m\x1b[1ma\x1b[22mb\x1b[39mc\x1b[38;2;240;168;70md\x1b[39m',
    );
  });

  test('are the nearest that the terminal has', () => {
    expect(painter(paletteOf('dark', false), 4)(row)).toBe(
      '\x1b[91m\x1b[1ma\x1b[22mb\x1b[39mc\x1b[33md\x1b[39m',
    );
    expect(painter(paletteOf('dark', false), 8)([span('a', rubric)])).toBe(
      '\x1b[38;5;167ma\x1b[39m',
    );
    expect(painter(paletteOf('dark', false), 1)(row)).toBe('\x1b[1ma\x1b[22mbcd');
  });

  test('are the nearest of the 256, of which none lies nearer', () => {
    const level = [0, 95, 135, 175, 215, 255];
    const table = Array.from({ length: 240 }, (_, place): number[] => {
      if (place >= 216) return new Array(3).fill(8 + 10 * (place - 216));
      return [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(
        (each) => level[each] ?? 0,
      );
    });
    const away = (one: readonly number[], other: readonly number[]) =>
      one.reduce((sum, value, place) => sum + (value - (other[place] ?? 0)) ** 2, 0);
    const shown = [paletteOf('dark', false), paletteOf('light', false)].flatMap(
      ({ tones, low, zero, high }) =>
        [...Object.values(tones), low, zero, high].map(({ rgb }) => rgb),
    );
    for (const rgb of shown) {
      const found = away(rgb, table[nearestOf256(rgb) - 16] ?? []);
      expect({ rgb, found }).toEqual({
        rgb,
        found: Math.min(...table.map((each) => away(rgb, each))),
      });
    }
  });

  test('stand out from the page as much as small print must: 4.5 to 1, and 7 to 1 in high contrast', () => {
    const luminance = (rgb: readonly number[]) => {
      const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: readonly number[], other: readonly number[]) => {
      const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (lighter + 0.05) / (darker + 0.05);
    };
    for (const [name, page] of [
      ['dark', [30, 30, 30]],
      ['light', [255, 255, 255]],
    ] as const) {
      for (const isHigh of [false, true])
        for (const [tone, { rgb }] of Object.entries(paletteOf(name, isHigh).tones)) {
          if (tone === 'rule' && !isHigh) continue;
          const enough = contrast(rgb, page) >= (isHigh ? 7 : 4.5);
          expect({ name, tone, isHigh, enough }).toEqual({ name, tone, isHigh, enough: true });
        }
    }
  });

  test('suit the page that the terminal tells of', () => {
    expect(pageOfAnswer('\x1b]11;rgb:1c1c/1b1b/1a1a\x1b\\\x1b[?65;1c')).toBe('dark');
    expect(pageOfAnswer('\x1b]11;rgb:ff/fe/f0\x07')).toBe('light');
    expect(pageOfAnswer('\x1b[?65;1c')).toBeUndefined();
    expect(['15;0', '0;default;15', '0;7', '', undefined].map(pageOfVariable)).toEqual([
      ...['dark', 'light', 'light', undefined, undefined],
    ]);
  });
});

test('values show by their height alone, too', () => {
  expect([-1, -0.5, 0, 0.5, 1, 9].map(heightOf).join('')).toBe('▁▃▄▆██');
  expect(heightsOf([4, 3, 2, 1], 4)).toBe('█▅▃▁');
  expect(heightsOf([], 4)).toBe('');
});

test('a manuscript has its references and initials in red, what was added in italics, the seed in bold', () => {
  const [verse] = manuscript('', 'Genesis 1:2 And darkness [was] upon the deep', 'verse', 80);
  expect(verse).toEqual([
    span('Genesis 1:2', rubric),
    span(' And darkness '),
    span('[', { tone: 'faint' }),
    span('was', italic),
    span(']', { tone: 'faint' }),
    span(' upon the deep'),
  ]);
  const [paragraph, next] = manuscript('I we', 'nt down\n\nYes.', 'paragraph', 80);
  expect(paragraph).toEqual([span('I', rubric, bold), span(' we', bold), span('nt down')]);
  expect(next).toEqual([span('Y', rubric), span('es.')]);
});
