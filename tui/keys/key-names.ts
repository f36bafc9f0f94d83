import type { Key } from 'ink';

/**
 * The keys in one piece of input, by name: `a`, `A`, `space`, `enter`, `up`, `shift-tab`, `ctrl-c`, `alt-b`,
 * `ctrl-left`. What is typed quickly arrives as one piece.
 */
export function keysOf(input: string, key: Key): string[] {
  if (key.eventType === 'release') return [];
  const named = flags.find(([flag]) => key[flag])?.[1];
  // Escape typed twice arrives as one with Alt.
  if (named === 'escape') return [named];
  const alt = key.meta ? 'alt-' : '';
  if (named === 'tab' && key.shift) return [`${alt}shift-tab`];
  if (named) return [`${alt}${key.ctrl ? 'ctrl-' : ''}${named}`];
  if (key.ctrl) return /^[a-z]$/.test(input) ? [`${alt}ctrl-${input}`] : [];
  const [first, ...others] = Array.from(input, nameOf).filter((name) => name !== undefined);
  return first === undefined ? [] : [`${alt}${first}`, ...others];
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
  const [modifier, rest] = [/^(ctrl|alt)-(.+)$/.exec(key)?.[1], key.replace(/^(ctrl|alt)-/, '')];
  if (modifier === undefined) return key;
  const title = modifier === 'ctrl' ? 'Ctrl' : 'Alt';
  return `${title}-${rest.length === 1 ? rest.toUpperCase() : keyName(rest)}`;
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
  backspace: 'Backspace',
  delete: 'Del',
  end: 'End',
  'wheel-up': 'Wheel-Up',
  'wheel-down': 'Wheel-Down',
};
