import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitText } from '../../../bot/core/fit-text.ts';
import { maximumTextLength } from '../../../bot/core/reply.ts';
import { botForTest, discordForTest } from './bot.ts';

describe('fitText', () => {
  test('keeps a text that fits, without the white space around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(fitText(` ${text}\n`, 1_000)).toBe(text.trim());
      }),
    );
  });

  test('gives a beginning of a longer one that fits, with no half of a character, and says so', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ' ', '\n', 'é', '😀', '✝'), { minLength: 31, maxLength: 90 }),
        (characters) => {
          const text = `a${characters.join('')}b`;
          const fitted = fitText(text, 30);
          expect(fitted.length).toBeLessThanOrEqual(30);
          expect(fitted.isWellFormed()).toBe(true);
          expect(fitted.endsWith('…')).toBe(true);
          expect(text.startsWith(fitted.slice(0, -1).trimEnd())).toBe(true);
        },
      ),
    );
  });

  test('ends at a line, else at a word, else at a character', () => {
    expect(fitText('In the beginning\nGod created the heaven', 25)).toBe('In the beginning\n…');
    expect(fitText('In the beginning God created', 25)).toBe('In the beginning God…');
    expect(fitText('a'.repeat(30), 25)).toBe(`${'a'.repeat(24)}…`);
  });
});

describe('whatever a text holds', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['2,900 characters', 'verse \n'.repeat(415)],
    ['everyone', '@everyone @here <@4711> <@!4711> <@&4712>'],
    ['links', 'https://example.com [text](https://example.com) <https://example.com>'],
    ['markdown', '**bold** _it_ `code` ```block``` ||spoiler|| # head\n> quote\n- list'],
    ['zero width', 'a\u200b\u200d\ufeff'],
    ['right to left', '\u202eabc\u202c עברית'],
    ['emoji', '👨‍👩‍👧‍👦'.repeat(250)],
    ['control characters', 'a\u0000\u0001\u001b[31m\u007f'],
    ['SQL', "'); DROP TABLE runs; --"],
    ['half a pair', '\ud83d'],
  ];

  test.each(texts)(
    '%s: it is sent, below 2,000, pinging nobody, unfolding nothing',
    async (_, text) => {
      const discord = await discordForTest();
      discord.addServer();
      await botForTest(discord);
      const answer = await discord.interact({ command: 'echo', options: { text } }).answer();
      const { content, embedsSuppressed } = answer;
      expect(content.length).toBeLessThanOrEqual(maximumTextLength);
      expect(content).toBe(fitText(text));
      expect(embedsSuppressed).toBe(true);
      expect(discord.pings()).toEqual([]);
      await discord.until(() => (discord.count('editReply', 200) === 1 ? true : undefined));
    },
  );

  test('an option past its declared length is refused, not cut', async () => {
    const discord = await discordForTest();
    discord.addServer();
    await botForTest(discord);
    const text = 'a'.repeat(4_000);
    const answer = await discord.interact({ command: 'echo', options: { text } }).answer();
    expect(answer).toMatchObject({ private: true });
    expect(answer.content).toBe('`text` can have at most 3000 characters.');
  });
});
