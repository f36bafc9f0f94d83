/** A button of the console's last answer: its number, which is typed to press it, and its label. */
export interface Button {
  readonly number: string;
  readonly label: string;
}

/** The buttons of the last answer: a row such as ` 1 Again   2 Continue   3 Delete`. None after a command not yet answered. */
export function buttonsOf(lines: readonly string[]): Button[] {
  const typed = lines.findLastIndex((line) => line.startsWith('› '));
  const row = lines.slice(typed + 1).findLast((line) => line.startsWith(' 1 '));
  const buttons = (row ?? '').split(/ {3}/).map((part) => {
    const [, number = '', label = ''] = /^(\d) (\S.*)$/.exec(part.trim()) ?? [];
    return { number, label };
  });
  return buttons.every(({ number }, place) => number === String(place + 1)) ? buttons : [];
}
