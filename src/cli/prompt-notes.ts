import type { PreparedPrompt } from '../text/prompt.ts';
import type { Terminal } from './terminal.ts';

/** More than these are not named one by one. */
const mostNamed = 20;

/** Says what of a text the network reads otherwise than it was typed. */
export function notePrompt(
  terminal: Terminal,
  { rewritten, leftOut }: Pick<PreparedPrompt, 'rewritten' | 'leftOut'>,
): void {
  const say = (what: string, each: readonly string[]) => {
    if (each.length === 0) return;
    const more = each.length > mostNamed ? ` and ${each.length - mostNamed} more` : '';
    terminal.note(`${what}: ${each.slice(0, mostNamed).join(', ')}${more}`);
  };
  say(
    'Replaced (not in the book)',
    rewritten.map(({ from, to }) => `${shown(from)} -> ${shown(to)}`),
  );
  say("Skipped (not in the network's vocabulary)", leftOut.map(shown));
}

/** What a terminal shows as it is; invisible characters and those that would move the cursor by their numbers. */
function shown(text: string): string {
  return text.replace(/[\p{C}\p{Z}\p{M}]/gu, (character) => {
    const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `U+${digits}`;
  });
}
