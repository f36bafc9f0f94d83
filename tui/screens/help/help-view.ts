import { beside, inWidth } from '../../drawing/layout.ts';
import { blank, bold, type Line, line, quiet, rubric, span } from '../../drawing/line.ts';
import { wrap } from '../../drawing/text.ts';
import { bindingsOf, keyName, type Scope } from '../../keys/key-table.ts';
import type { ScreenName } from '../../shell/shell.ts';

interface Section {
  readonly title: string;
  /** The screen that its keys are of; none where they are of all. */
  readonly screen?: ScreenName;
  readonly scopes: readonly Scope[];
}

/** The pages of the help, in the order in which they stand. */
export const helpSections: readonly Section[] = [
  { title: 'Everywhere', scopes: ['everywhere'] },
  { title: 'Train', screen: 'train', scopes: ['train'] },
  { title: 'Runs', screen: 'runs', scopes: ['runs', 'run', 'choice'] },
  { title: 'New training', screen: 'new', scopes: ['form'] },
  { title: 'Write', screen: 'write', scopes: ['write'] },
  { title: 'Inside', screen: 'inside', scopes: ['inside'] },
  { title: 'Bot', screen: 'bot', scopes: ['bot'] },
  { title: 'While typing, and when asked', scopes: ['typing', 'question'] },
  { title: 'Help', screen: 'help', scopes: ['help'] },
];

const keyWidth = 16;

function section(title: string, scopes: readonly Scope[], width: number): Line[] {
  const rows = scopes.flatMap(bindingsOf).flatMap(({ binding }): Line[] => {
    const keys = binding.keys.map(keyName).join(' ');
    const said = wrap(binding.help, width - keyWidth);
    return said.map((row, place) => [
      ...inWidth([span(place === 0 ? keys : '', bold)], keyWidth),
      span(row, quiet),
    ]);
  });
  return [line(title, rubric, bold), ...rows, blank];
}

/** Every key: the page that was open first, then those of everywhere, then the others; in two columns where there is room. */
export function helpView(open: ScreenName, width: number): Line[] {
  const rank = ({ screen }: Section) => (screen === open ? 0 : screen === undefined ? 1 : 2);
  const columns = width >= 110 ? 2 : 1;
  const each = Math.floor((width - 4) / columns) - 2;
  const sections = helpSections
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ title, scopes }) => section(title, scopes, each));
  const total = sections.reduce((sum, rows) => sum + rows.length, 0);
  const parts: Line[][] = [[]];
  for (const rows of sections) {
    const last = parts.at(-1) ?? [];
    if (parts.length < columns && last.length >= total / columns - rows.length / 2)
      parts.push([...rows]);
    else last.push(...rows);
  }
  return beside(
    parts.map((rows) => ({ rows, width: each })),
    4,
  );
}
