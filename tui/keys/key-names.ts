import type { Key } from 'ink';

/**
 * The keys in one piece of input, by name: `a`, `A`, `space`, `enter`, `up`, `shift-tab`, `ctrl-c`. What is typed
 * quickly arrives as one piece; a key with Alt is Escape and that key, as terminals have it.
 */
export function keysOf(input: string, key: Key): string[] {
  if (key.eventType === 'release') return [];
  const named = flags.find(([flag]) => key[flag])?.[1];
  if (named === 'tab' && key.shift) return ['shift-tab'];
  if (named) return [named];
  if (key.ctrl) return /^[a-z]$/.test(input) ? [`ctrl-${input}`] : [];
  const typed = Array.from(input, nameOf).filter((name) => name !== undefined);
  return key.meta && typed.length > 0 ? ['escape', ...typed] : typed;
}

const flags = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const;

const characters: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x1b': 'escape',
};

function nameOf(character: string): string | undefined {
  const named = characters[character];
  if (named) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code > 0 && code <= 26) return `ctrl-${String.fromCharCode(code + 96)}`;
  return /\p{Cc}/u.test(character) ? undefined : character;
}

/** What a key is called on the screen: `←`, `Enter`, `Ctrl-C`. */
export function keyName(key: string): string {
  const named = names[key];
  if (named) return named;
  return key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key;
}

const names: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
};
