import { Box, Text } from "ink";
import { memo } from "react";
import type { Row } from "../panels/types.ts";
import type { Painter } from "../theme.ts";

export interface LinesProps {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly painter: Painter;
}

/** Finished rows, one Text each: they are cut and filled already, so Ink has nothing to measure or wrap. */
export const Lines = memo(function Lines({ rows, width, painter }: LinesProps) {
  return (
    <Box flexDirection="column" width={width} height={rows.length} flexShrink={0}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place
        <Text key={index} wrap="truncate-end">
          {painter(row.line, row.selected)}
        </Text>
      ))}
    </Box>
  );
});
