import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeControl } from '../../src/text/escape-control.ts';

test('what would steer a terminal is shown as a picture of itself; all else stays', () => {
  // Puts "pwned" on the clipboard, names the window, clears the screen.
  expect(escapeControl('a\x1b]52;c;cHduZWQ=\x07b')).toBe('a␛]52;c;cHduZWQ=␇b');
  expect(escapeControl('\x9b2J\x7f\r\b\0')).toBe('·2J␡␍␈␀');
  expect(escapeControl('\u202egnp.exe\u2066')).toBe('·gnp.exe·');
  expect(escapeControl('two\tlines\nof “text”, 漢字, می‌خواهم, 👩‍🌾')).toBe(
    'two\tlines\nof “text”, 漢字, می‌خواهم, 👩‍🌾',
  );
});

test('no text of any kind keeps a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeControl(text).replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    }),
  );
});
