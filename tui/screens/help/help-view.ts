import { beside, inWidth } from '../../drawing/layout.ts';
import { blank, bold, type Line, line, quiet, rubric, span } from '../../drawing/line.ts';
import { wrap } from '../../drawing/text.ts';
import { bindingsOf, keyName, type Scope } from '../../keys/key-table.ts';

/** The pages of the help, in the order in which they stand. */
export const helpSections: readonly {
  readonly title: string;
  readonly scopes: readonly Scope[];
}[] = [
  { title: 'Everywhere', scopes: ['everywhere'] },
  { title: 'Train', scopes: ['train'] },
  { title: 'Runs', scopes: ['runs', 'run', 'choice'] },
  { title: 'New training', scopes: ['form'] },
  { title: 'Write', scopes: ['write'] },
  { title: 'Inside', scopes: ['inside'] },
  { title: 'Bot', scopes: ['bot'] },
  { title: 'While typing, and when asked', scopes: ['typing', 'question'] },
  { title: 'Help', scopes: ['help'] },
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
export function helpView(first: string, width: number): Line[] {
  const rank = (title: string) => (title === first ? 0 : title === 'Everywhere' ? 1 : 2);
  const columns = width >= 110 ? 2 : 1;
  const each = Math.floor((width - 4) / columns) - 2;
  const sections = helpSections
    .toSorted((a, b) => rank(a.title) - rank(b.title))
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
