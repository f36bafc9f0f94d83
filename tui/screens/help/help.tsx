import { type ReactElement, useState } from 'react';
import { fill, indent } from '../../drawing/layout.ts';
import { useActions } from '../../keys/use-actions.ts';
import { useProgram } from '../../program.ts';
import { Lines } from '../../shell/lines.tsx';
import type { Screen, Size } from '../../shell/screen.ts';
import { useShell } from '../../shell/shell.ts';
import { helpView } from './help-view.ts';
import { helpKeys } from './keys.ts';

/** Every key of the program. */
function Help({ width, height }: Size): ReactElement {
  const shell = useShell();
  const { screenReader } = useProgram().theme;
  const [top, setTop] = useState(0);
  const rows = helpView(shell.screens, shell.before, width);
  const last = Math.max(0, rows.length - height + 1);
  const at = Math.min(top, last);
  // A page, or a turn of the wheel.
  const rowsOf = (key: string) => (key.startsWith('wheel') ? 3 : height - 3);
  useActions(helpKeys, {
    down: at < last ? (key) => setTop(Math.min(last, at + rowsOf(key))) : undefined,
    up: at > 0 ? (key) => setTop(Math.max(0, at - rowsOf(key))) : undefined,
    close: () => shell.back(),
  });
  return <Lines rows={screenReader ? rows : fill(indent(rows.slice(at), 2), height)} />;
}

export const helpScreen: Screen = {
  name: 'help',
  title: 'Help',
  tab: '?',
  open: {
    keys: ['?', 'ctrl-g'],
    label: 'help',
    help: 'These pages; Ctrl-G also while typing',
    always: true,
  },
  scopes: [helpKeys],
  overlay: true,
  Component: Help,
};
