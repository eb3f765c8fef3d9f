import { Text } from "ink";
import { liveText } from "../../terminal/cells.ts";

export interface LiveProps {
  readonly width: number;
  readonly height: number;
}

/** An area for regions that are painted directly into cells: Ink lays it out once. */
export function Live({ width, height }: LiveProps) {
  return <Text wrap="truncate-end">{liveText(width, height)}</Text>;
}
