import fc from 'fast-check';
import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { lineWidth } from '../../tui/drawing/layout.ts';
import { textOf } from '../../tui/drawing/line.ts';
import { widthOf } from '../../tui/drawing/width.ts';
import { keyName, keysOf } from '../../tui/keys/key-names.ts';
import { Keyboard } from '../../tui/keys/keyboard.ts';
import { type Binding, bindingsOf, keyScope } from '../../tui/keys/scope.ts';
import { editOf, insert, pressIn, type TextEdit } from '../../tui/keys/text-edit.ts';
import { helpSections } from '../../tui/screens/help/sections.ts';
import { screens } from '../../tui/screens/screens.ts';
import { everywhereKeys } from '../../tui/shell/everywhere.ts';
import { footer } from '../../tui/shell/frame.ts';
import { questionKeys } from '../../tui/shell/question.ts';
import { typedLine, typingKeys } from '../../tui/widgets/text-field.ts';

const everywhere = everywhereKeys(screens);
/** Keys that do one thing or another, as it stands: never both at once. */
const either = ['p', 'escape'];

describe('the keys', () => {
  test('have no two meanings where both could be meant', () => {
    const shared = bindingsOf(everywhere).flatMap(({ binding }) => binding.keys);
    for (const { title, scopes } of helpSections(screens)) {
      for (const scope of scopes) {
        const keys = bindingsOf(scope).flatMap(({ binding }) => binding.keys);
        const twice = keys.filter(
          (key, place) => keys.indexOf(key) !== place && !either.includes(key),
        );
        expect({ title, twice }).toEqual({ title, twice: [] });
        if (scope.level === 'everywhere' || scope === questionKeys) continue;
        const hidden = bindingsOf(scope)
          .filter(({ binding }) => !binding.shadows)
          .flatMap(({ binding }) => binding.keys)
          .filter((key) => shared.includes(key));
        expect({ title, hidden }).toEqual({ title, hidden: [] });
      }
    }
  });

  test('fill a footer as far as it goes, help and quit always', () => {
    const runs = screens.find(({ name }) => name === 'runs')?.scopes[0];
    const bindings = [...(runs ? bindingsOf(runs) : []), ...bindingsOf(everywhere)].map(
      ({ binding }) => binding,
    );
    for (const width of [60, 80, 120]) {
      const text = textOf(footer(bindings, width));
      expect(widthOf(text)).toBe(width);
      expect(text).toMatch(/^ Enter details .*\? help {2}q quit $/);
    }
  });

  test('stand in docs/keys.md as the help has them (`vitest -u` writes it anew)', async () => {
    const page = helpSections(screens).map(({ title, scopes }) => {
      const rows = scopes.flatMap(bindingsOf).map(({ binding }) => {
        const keys = binding.keys.map((key) => `\`${keyName(key)}\``).join(' ');
        return `| ${keys} | ${binding.help} |`;
      });
      return [`## ${title}`, '', '| key | does |', '|---|---|', ...rows].join('\n');
    });
    await expect(`# The keys of the dashboard\n\n${page.join('\n\n')}\n`).toMatchFileSnapshot(
      '../../docs/keys.md',
    );
  });
});

const none: Key = {
  ...{ upArrow: false, downArrow: false, leftArrow: false, rightArrow: false, pageDown: false },
  ...{
    pageUp: false,
    home: false,
    end: false,
    return: false,
    escape: false,
    ctrl: false,
    shift: false,
  },
  ...{ tab: false, backspace: false, delete: false, meta: false, super: false, hyper: false },
  ...{ capsLock: false, numLock: false },
};

test('keys have names, also those that arrive together', () => {
  expect(keysOf('', { ...none, upArrow: true })).toEqual(['up']);
  expect(keysOf('', { ...none, tab: true, shift: true })).toEqual(['shift-tab']);
  expect(keysOf('c', { ...none, ctrl: true })).toEqual(['ctrl-c']);
  expect(keysOf('a b\r\x15é', none)).toEqual(['a', 'space', 'b', 'enter', 'ctrl-u', 'é']);
  expect(keysOf('d', { ...none, meta: true })).toEqual(['alt-d']);
  expect(keysOf('', { ...none, backspace: true, meta: true })).toEqual(['alt-backspace']);
  expect(keysOf('', { ...none, leftArrow: true, ctrl: true })).toEqual(['ctrl-left']);
  expect(keysOf('', { ...none, escape: true, meta: true })).toEqual(['escape']);
  expect(['ctrl-c', 'alt-b', 'ctrl-left', 'up'].map(keyName)).toEqual([
    ...['Ctrl-C', 'Alt-B', 'Ctrl-←', '↑'],
  ]);
  expect(keysOf('\x00\x9f', none)).toEqual([]);
});

describe('the keyboard', () => {
  const key = (name: string, always?: true): Binding => ({
    ...{ keys: [name], label: name, help: '' },
    ...(always ? { always } : {}),
  });
  const list = keyScope('screen', {
    sort: key('o'),
    remove: key('d'),
    up: key('up'),
    pageDown: key('pagedown'),
  });
  const program = keyScope('everywhere', {
    write: key('4'),
    help: { ...key('?', true), keys: ['?', 'ctrl-g'] },
    quit: { ...key('q', true), keys: ['q', 'ctrl-c'] },
  });

  function pressed(): { keyboard: Keyboard; did: string[]; does: (what: string) => () => void } {
    const did: string[] = [];
    return { keyboard: new Keyboard(() => {}), did, does: (what) => () => did.push(what) };
  }

  test('gives a key to the screen, and to the program what the screen does not know', () => {
    const { keyboard, did, does } = pressed();
    keyboard.add({ scope: list, actions: { sort: does('sort') } });
    keyboard.add({ scope: program, actions: { quit: does('quit') } });
    for (const key of ['o', 'd', 'q']) keyboard.press(key);
    expect(did).toEqual(['sort', 'quit']);
  });

  test('lets one type what else would be a key, and still leave and ask for help', () => {
    const { keyboard, did, does } = pressed();
    keyboard.add({ scope: program, actions: { quit: does('quit'), help: does('help') } });
    keyboard.add({
      scope: typingKeys,
      actions: { leave: does('leave') },
      sink: {
        press: (key) => key.length === 1 && did.push(`typed ${key}`) > 0,
        paste: does('paste'),
      },
    });
    for (const key of ['q', '?', 'ctrl-g', 'escape', 'ctrl-c']) keyboard.press(key);
    keyboard.paste('text');
    expect(did).toEqual(['typed q', 'typed ?', 'help', 'leave', 'quit', 'paste']);
  });

  test('lets nothing move below a text that is typed', () => {
    const { keyboard, did, does } = pressed();
    keyboard.add({ scope: list, actions: { up: does('up'), pageDown: does('pageDown') } });
    keyboard.add({ scope: program, actions: { help: does('help') } });
    const typing = keyboard.add({
      scope: typingKeys,
      actions: { finish: does('finish') },
      sink: { press: (key) => key === 'x', paste: () => {} },
    });
    for (const key of ['up', 'x', 'pagedown', 'tab', 'enter']) keyboard.press(key);
    expect(did).toEqual(['finish']);
    typing.remove();
    keyboard.press('up');
    expect(did).toEqual(['finish', 'up']);
  });

  test('hands a text on at once that was typed in one piece, and other keys one by one', () => {
    const { keyboard, did, does } = pressed();
    keyboard.add({ scope: program, actions: { write: does('write') } });
    const field = keyboard.add({
      scope: typingKeys,
      actions: { finish: does('finish') },
      sink: {
        press: (name) => name.length === 1 && did.push(name) > 0,
        paste: (text) => did.push(text),
      },
    });
    let keys: readonly string[] = ['a', 'space', 'b', 'enter', 'c'];
    while (keys.length > 0) keys = keyboard.pressNext(keys);
    expect(did).toEqual(['a b', 'finish', 'c']);
    field.remove();
    expect(keyboard.pressNext(['4', '4'])).toEqual(['4']);
    expect(did.at(-1)).toBe('write');
  });

  test('lets nothing past a question but leaving and help', () => {
    const { keyboard, did, does } = pressed();
    keyboard.add({ scope: questionKeys, actions: { yes: does('yes') }, modal: true });
    keyboard.add({ scope: list, actions: { remove: does('remove'), sort: does('sort') } });
    keyboard.add({ scope: program, actions: { help: does('help'), write: does('write') } });
    for (const key of ['d', 'o', '4', '?', 'y']) keyboard.press(key);
    expect(did).toEqual(['help', 'yes']);
  });
});

describe('a text that is typed', () => {
  test('is edited as in a shell', () => {
    const keys = (...names: string[]) =>
      names.reduce<TextEdit>((edit, key) => pressIn(edit, key) ?? edit, editOf('in the beginning'));
    expect(keys('ctrl-w').text).toBe('in the ');
    expect(keys('ctrl-a', 'delete', 'I').text).toBe('In the beginning');
    expect(keys('left', 'left', 'ctrl-k').text).toBe('in the beginni');
    expect(keys('ctrl-u', 'é', 'space', '漢', 'backspace')).toMatchObject({
      text: 'é ',
      cursor: 2,
    });
    expect(insert(editOf('a'), 'b\n  c').text).toBe('ab c');
  });

  test('is edited by words, and gives back what was cut', () => {
    const keys = (...names: string[]) =>
      names.reduce<TextEdit>((edit, key) => pressIn(edit, key) ?? edit, editOf('in the beginning'));
    expect(keys('alt-b', 'alt-b').cursor).toBe(3);
    expect(keys('ctrl-left', 'ctrl-left', 'ctrl-right').cursor).toBe(6);
    expect(keys('home', 'alt-d').text).toBe(' the beginning');
    expect(keys('alt-backspace').text).toBe('in the ');
    expect(keys('ctrl-w', 'home', 'ctrl-y', 'ctrl-y').text).toBe('beginningbeginningin the ');
    expect(keys('alt-x', 'alt-1').text).toBe('in the beginning');
  });

  test('shows what is around its cursor at once, however long and wide it is', () => {
    const edit = editOf('漢'.repeat(3000));
    expect(lineWidth(typedLine(edit, 40))).toBeLessThanOrEqual(40);
    expect(textOf(typedLine(edit, 40))).toBe(`…${'漢'.repeat(19)} `);
    expect(textOf(typedLine({ ...edit, cursor: 2 }, 9))).toBe('漢漢漢漢');
    // A frame of the dashboard has a tenth of a second: this would take many seconds by trying every beginning.
    for (let frame = 0; frame < 100; frame++) typedLine(edit, 40);
  });

  test('keeps its cursor within it, whatever is pressed', () => {
    const key = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      fc.constantFrom(
        'left',
        'right',
        'home',
        'end',
        'backspace',
        'delete',
        'ctrl-u',
        'ctrl-k',
        'ctrl-w',
        'space',
        'up',
      ),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        const edit = keys.reduce<TextEdit>(
          (before, each) => pressIn(before, each) ?? before,
          editOf(''),
        );
        expect(edit.cursor).toBeGreaterThanOrEqual(0);
        expect(edit.cursor).toBeLessThanOrEqual(editOf(edit.text).cursor);
      }),
    );
  });
});
