import { beside, inWidth } from '../../drawing/layout.ts';
import { blank, bold, type Line, line, quiet, rubric, span } from '../../drawing/line.ts';
import { wrap } from '../../drawing/text.ts';
import { keyName } from '../../keys/key-names.ts';
import { bindingsOf, type KeyScope } from '../../keys/scope.ts';
import type { Screen } from '../../shell/screen.ts';
import { helpSections, type Section } from './sections.ts';

const keyWidth = 16;

function section(title: string, scopes: readonly KeyScope[], width: number): Line[] {
  const rows = scopes.flatMap(bindingsOf).flatMap(({ binding }): Line[] => {
    const keys = binding.keys.map(keyName).join(' ');
    const names = wrap(keys, keyWidth - 1);
    const said = wrap(binding.help, width - keyWidth);
    return Array.from({ length: Math.max(names.length, said.length) }, (_, place) => [
      ...inWidth([span(names[place] ?? '', bold)], keyWidth),
      span(said[place] ?? '', quiet),
    ]);
  });
  return [line(title, rubric, bold), ...rows, blank];
}

/** Every key: the page that was open first, then those of everywhere, then the others; in two or three columns where there is room. */
export function helpView(screens: readonly Screen[], open: Screen, width: number): Line[] {
  const rank = ({ screen }: Section) => (screen === open ? 0 : screen === undefined ? 1 : 2);
  const columns = width >= 170 ? 3 : width >= 110 ? 2 : 1;
  const each = Math.floor((width - 4) / columns) - 2;
  const sections = helpSections(screens)
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ title, scopes }) => section(title, scopes, each));
  const total = sections.reduce((sum, rows) => sum + rows.length, 0);
  const parts: Line[][] = [[]];
  for (const rows of sections) {
    const last = parts.at(-1) ?? [];
    const before = parts.reduce((sum, each) => sum + each.length, 0);
    const share = (total * parts.length) / columns;
    if (parts.length < columns && before >= share - rows.length / 2) parts.push([...rows]);
    else last.push(...rows);
  }
  return beside(
    parts.map((rows) => ({ rows, width: each })),
    4,
  );
}
