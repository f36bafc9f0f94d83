/** Turns a terminal's reports of buttons and of the wheel on, and off, each in the form of SGR (1006). */
export const mouseOn = '\x1b[?1000h\x1b[?1006h';
export const mouseOff = '\x1b[?1006l\x1b[?1000l';

/** Something that was done with the mouse: a turn of its wheel, which is a key, or a click on a place of the screen. */
export type MouseInput =
  | { readonly keys: readonly ['wheel-up' | 'wheel-down'] }
  | { readonly click: Place };

/** A place on the screen, from 0 on. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

const esc = '\x1b';
const report = new RegExp(`${esc}\\[<(\\d+);(\\d+);(\\d+)([Mm])`, 'g');
const pasted = new RegExp(`${esc}\\[200~[^]*?(${esc}\\[201~|$)`, 'g');

/** What bits of the button's number say of keys that were held: they make no difference. */
const modifiers = 4 + 8 + 16;

/** What a terminal reports of the mouse among all that it sends: of buttons that are let go, and of others, nothing. */
export function mouseInputs(sent: string): MouseInput[] {
  return [...sent.replace(pasted, '').matchAll(report)].flatMap((match): MouseInput[] => {
    const [, buttons, column, row, end] = match;
    const button = Number(buttons) & ~modifiers;
    if (button === 64) return [{ keys: ['wheel-up'] }];
    if (button === 65) return [{ keys: ['wheel-down'] }];
    if (button !== 0 || end !== 'M') return [];
    return [{ click: { column: Number(column) - 1, row: Number(row) - 1 } }];
  });
}
