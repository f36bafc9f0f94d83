import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Line } from '../drawing/line.ts';
import { useProgram } from '../program.ts';

/** Rows of a screen. */
export function Lines({ rows }: { readonly rows: readonly Line[] }): ReactElement {
  const { paint } = useProgram().theme;
  return (
    <Box flexDirection="column">
      {rows.map((row, place) => (
        // Rows have nothing to be told apart by but their places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Text key={place} wrap="truncate">
          {paint(row) || ' '}
        </Text>
      ))}
    </Box>
  );
}
