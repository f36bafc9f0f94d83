import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { withoutEnd } from '../drawing/layout.ts';
import { type Line, textOf } from '../drawing/line.ts';
import { useProgram } from '../program.ts';

/** Rows of a screen. */
export function Lines({ rows }: { readonly rows: readonly Line[] }): ReactElement {
  const { paint, screenReader } = useProgram().theme;
  if (screenReader) return <Text>{screenReaderText(rows)}</Text>;
  return (
    <Box flexDirection="column">
      {rows.map((row, place) => (
        // Rows have nothing to be told apart by but their places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Text key={place} wrap="truncate">
          {paint(withoutEnd(row)) || ' '}
        </Text>
      ))}
    </Box>
  );
}

/** The same without what is only there for the eye. */
function screenReaderText(rows: readonly Line[]): string {
  return rows
    .map((row) =>
      textOf(row)
        .replace(/[\u2500-\u259f\u2801-\u28ff]/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '')
    .join('\n');
}
