import { Text } from "ink";
import { liveText } from "../../terminal/cells.ts";

export interface LiveProps {
  readonly width: number;
  readonly height: number;
}

/** Room for regions that are painted straight into cells: Ink lays it out once and is then left in peace. */
export function Live({ width, height }: LiveProps) {
  return <Text wrap="truncate-end">{liveText(width, height)}</Text>;
}
