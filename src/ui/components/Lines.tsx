import { Box, Text } from "ink";
import { ansiText } from "../screen/paint.ts";
import type { Row } from "../text/rows.ts";
import type { Palette } from "../text/theme.ts";

export interface LinesProps {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly palette: Palette;
}

/** Finished rows, one Text each, in their final width, so that Ink need not measure or wrap. */
export function Lines({ rows, width, palette }: LinesProps) {
  return (
    <Box flexDirection="column" width={width} height={rows.length} flexShrink={0}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is identified by its position
        <Text key={index} wrap="truncate-end">
          {ansiText(row.line, palette, row.selected)}
        </Text>
      ))}
    </Box>
  );
}
